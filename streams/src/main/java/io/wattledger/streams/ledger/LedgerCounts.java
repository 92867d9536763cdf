package io.wattledger.streams.ledger;

import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What the accounting step counts, as metrics of Kafka Streams (group {@code stream-ledger-metrics}), one set per task. */
final class LedgerCounts {
    private final Sensor doubled;
    private final Sensor late;
    private final Sensor refused;
    private final Sensor tooLateIntensities;

    LedgerCounts(ProcessorContext<?, ?> context) {
        var task = context.taskId().toString();
        doubled = sensor(context.metrics(), task, "doubled-samples");
        late = sensor(context.metrics(), task, "late-samples");
        refused = sensor(context.metrics(), task, "refused-records");
        tooLateIntensities = sensor(context.metrics(), task, "too-late-intensities");
    }

    private static Sensor sensor(StreamsMetrics metrics, String task, String what) {
        return metrics.addRateTotalSensor("ledger", task, what, RecordingLevel.INFO);
    }

    /** A sample came that had been accounted. */
    void doubled() {
        doubled.record();
    }

    /** A sample came whose slot had been sealed. */
    void late() {
        late.record();
    }

    /** A record went to the dead letters. */
    void refused() {
        refused.record();
    }

    /** An intensity came for a slot that had been sealed. */
    void tooLateIntensity() {
        tooLateIntensities.record();
    }
}
