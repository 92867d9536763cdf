package io.wattledger.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How fast sinks are.
 *
 * @param records that each of them was given, of each kind
 * @param kinds what was measured, by kind of record
 */
record SinkBench(Machine machine, long records, List<Kind> kinds) {
    /**
     * Connectors that read the same topic.
     *
     * @param topic what the records are
     * @param reference Kafka Connect's own sink to a file
     * @param sinks ours
     */
    record Kind(String topic, SinkTrial.Result reference, List<SinkTrial.Result> sinks) {
        double share(SinkTrial.Result sink) {
            return sink.recordsPerSecond() / reference.recordsPerSecond();
        }

        /** Records a second of each of ours, as shares of those of the reference. */
        @JsonProperty
        List<Double> shares() {
            return sinks.stream().map(this::share).toList();
        }
    }

    List<Table> tables() {
        return kinds.stream().map(this::table).toList();
    }

    private Table table(Kind kind) {
        var table = new Table(
                "%,d records of %s, through Kafka Connect. Machine: %s".formatted(records, kind.topic(), machine),
                "sink",
                "records/s",
                "share of the first",
                "CPU µs a record");
        line(table, kind, kind.reference());
        kind.sinks().forEach(sink -> line(table, kind, sink));
        return table;
    }

    private static void line(Table table, Kind kind, SinkTrial.Result sink) {
        table.line(
                sink.name(),
                Table.figure("%,.0f", sink.recordsPerSecond()),
                Table.figure("%.2f", kind.share(sink)),
                Table.figure("%.1f", sink.cpuMicrosPerRecord()));
    }
}
