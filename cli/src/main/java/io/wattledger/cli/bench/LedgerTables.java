package io.wattledger.cli.bench;

import io.wattledger.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;

/** What was measured, in tables for people. */
final class LedgerTables {
    private static final double MIB = 1 << 20;

    private LedgerTables() {}

    static List<Table> of(LedgerBench bench) {
        var tables = new ArrayList<Table>();
        tables.add(new Table("Machine: " + bench.machine(), "Setting", "Value")
                .line("stream threads", bench.threads())
                .line("partitions", bench.partitions())
                .line("settings of the ledger", bench.set().isEmpty() ? "the defaults" : bench.set())
                .line("further JVM options", bench.javaOptions().isEmpty() ? "none" : bench.javaOptions()));
        bench.throughput().forEach(result -> {
            tables.add(throughput(result));
            tables.add(traffic(result));
        });
        if (bench.restatement() != null) {
            tables.add(restatement(bench.restatement()));
        }
        if (bench.latency() != null) {
            tables.add(latency(bench.latency()));
        }
        if (bench.restart() != null) {
            tables.add(restart(bench.restart()));
        }
        if (!bench.scaling().isEmpty()) {
            tables.add(scaling(bench.scaling()));
            tables.add(plan(CapacityPlan.of(bench.scaling())));
        }
        return tables;
    }

    private static Table throughput(Throughput.Result result) {
        var ledger = result.ledger();
        var table = new Table(
                "Throughput: %,d samples of %d readings, %d in a record, %.0f bytes a sample in the topic"
                        .formatted(
                                ledger.samples(),
                                SimulatedHost.READINGS,
                                result.samplesPerRecord(),
                                result.topicBytesPerSample()),
                "",
                "(a) bare consumer",
                "(b) ledger",
                "(c) textbook");
        var costs = List.of(result.bare(), ledger, result.textbook());
        row(table, "seconds", costs, cost -> Table.figure("%.1f", cost.seconds()));
        row(table, "samples/s", costs, cost -> Table.figure("%,.0f", cost.samplesPerSecond()));
        row(table, "readings/s", costs, cost -> Table.figure("%,.0f", cost.readingsPerSecond()));
        row(
                table,
                "share of (a)",
                costs,
                cost -> Table.figure(
                        "%.3f", cost.samplesPerSecond() / result.bare().samplesPerSecond()));
        row(
                table,
                "times (c)",
                costs,
                cost -> Table.figure(
                        "%.2f", cost.samplesPerSecond() / result.textbook().samplesPerSecond()));
        row(table, "CPU µs a sample", costs, cost -> Table.figure("%.1f", cost.cpuMicrosPerSample()));
        row(table, "CPU µs a sample, broker", costs, cost -> Table.figure("%.1f", cost.brokerCpuMicrosPerSample()));
        row(table, "bytes written a sample", costs, cost -> Table.figure("%.0f", cost.bytesWrittenPerSample()));
        row(table, "peak memory, MiB", costs, cost -> Table.figure("%,.0f", cost.peakMemoryBytes() / MIB));
        row(table, "state, MiB", costs, cost -> Table.figure("%.1f", cost.stateBytes() / MIB));
        row(table, "energy accounted", costs, cost -> Table.figure("%.4f %%", cost.energyShare() * 100));
        return table;
    }

    private interface Column {
        String of(Cost cost);
    }

    private static void row(Table table, String name, List<Cost> costs, Column column) {
        table.line(name, costs.stream().map(column::of).toArray());
    }

    /** Where the bytes go. */
    private static Table traffic(Throughput.Result result) {
        var table = new Table(
                "Bytes written a sample, %d in a record".formatted(result.samplesPerRecord()), "topic", "bytes");
        for (var cost : List.of(result.ledger(), result.textbook())) {
            cost.bytesByTopic()
                    .forEach((topic, bytes) -> table.line(
                            cost.name() + ": " + topic, Table.figure("%.2f", (double) bytes / cost.samples())));
        }
        return table;
    }

    private static Table restatement(Restatement.Result result) {
        var table = new Table(
                "Restatement: %,d rows of %,d runs after one revised intensity; %.0f bytes written a row, %.0f bytes of state"
                        .formatted(result.rows(), result.runs(), result.bytesPerRow(), result.stateBytesPerRow()),
                "revision",
                "seconds",
                "CPU seconds");
        for (int i = 0; i < result.seconds().size(); i++) {
            table.line(
                    Integer.toString(i + 1),
                    Table.figure("%.2f", result.seconds().get(i)),
                    Table.figure("%.2f", result.cpuSeconds().get(i)));
        }
        return table;
    }

    private static Table latency(LiveLatency.Result result) {
        return new Table(
                        "Live latency: %,d hosts with %d runs and one sample a second, %,.0f samples/s for %d s"
                                .formatted(
                                        result.hosts(),
                                        result.runsPerHost(),
                                        result.samplesPerSecond(),
                                        result.seconds()),
                        "from a sample to the committed total of its run",
                        "value")
                .line("p50, ms", Table.figure("%.0f", result.p50Millis()))
                .line("p99, ms", Table.figure("%.0f", result.p99Millis()))
                .line("greatest, ms", Table.figure("%.0f", result.maxMillis()))
                .line("cores busy, ledger", Table.figure("%.2f", result.ledgerCores()))
                .line("cores busy, broker", Table.figure("%.2f", result.brokerCores()));
    }

    private static Table restart(Restart.Result result) {
        var table = new Table(
                "Restart: %,d closed rows of %d hosts in 90 days; state %.1f MiB, %.0f bytes a row; changelogs %.1f MiB, %.0f bytes a row"
                        .formatted(
                                result.rows(),
                                result.hosts(),
                                result.stateBytes() / MIB,
                                result.stateBytesPerRow(),
                                result.changelogBytes() / MIB,
                                result.changelogBytesPerRow()),
                "started again after",
                "ready, s",
                "accounts, s",
                "CPU seconds",
                "restored, MiB",
                "energy-ledger",
                "emissions-ledger",
                "emissions-history",
                "run-emissions");
        for (var start : result.starts()) {
            table.line(
                    start.after(),
                    Table.figure("%.1f", start.readySeconds()),
                    Table.figure("%.1f", start.accountsSeconds()),
                    Table.figure("%.1f", start.cpuSeconds()),
                    Table.figure("%.1f", start.restoredBytes() / MIB),
                    start.records().getOrDefault(Topics.ENERGY_LEDGER.name(), 0),
                    start.records().getOrDefault(Topics.EMISSIONS_LEDGER.name(), 0),
                    start.records().getOrDefault(Topics.EMISSIONS_HISTORY.name(), 0),
                    start.records().getOrDefault(Topics.RUN_EMISSIONS.name(), 0));
        }
        return table;
    }

    private static Table scaling(List<Scaling.Point> points) {
        var table = new Table(
                "Growth of the ledger's cost",
                "what grows",
                "hosts",
                "runs",
                "zones",
                "samples/s",
                "CPU µs a sample",
                "broker µs a sample",
                "bytes a sample",
                "rows a sample",
                "state, MiB",
                "peak memory, MiB");
        for (var point : points) {
            var cost = point.cost();
            table.line(
                    point.grows(),
                    point.hosts(),
                    point.runsPerHost(),
                    point.zones(),
                    Table.figure("%,.0f", cost.samplesPerSecond()),
                    Table.figure("%.1f", cost.cpuMicrosPerSample()),
                    Table.figure("%.1f", cost.brokerCpuMicrosPerSample()),
                    Table.figure("%.0f", cost.bytesWrittenPerSample()),
                    Table.figure("%.2f", cost.rowsPerSample()),
                    Table.figure("%.1f", cost.stateBytes() / MIB),
                    Table.figure("%,.0f", cost.peakMemoryBytes() / MIB));
        }
        return table;
    }

    private static Table plan(CapacityPlan plan) {
        var table = new Table(
                "Plan for %,d hosts with %d runs and one sample a second; CPU µs: %.1f a sample and %.1f a row (broker: %.1f and %.1f)"
                        .formatted(
                                CapacityPlan.HOSTS,
                                BenchSettings.RUNS_PER_HOST,
                                plan.ledgerMicros().perSample(),
                                plan.ledgerMicros().perRow(),
                                plan.brokerMicros().perSample(),
                                plan.brokerMicros().perRow()),
                "rows go out every",
                "rows/s",
                "cores busy, ledger",
                "cores busy, broker",
                "written, MiB/s");
        for (var interval : CapacityPlan.EMIT_INTERVALS) {
            table.line(
                    interval.toSeconds() + " s",
                    Table.figure("%,.0f", plan.rowsPerSecond(interval)),
                    Table.figure("%.1f", plan.perSecond(plan.ledgerMicros(), interval) / 1e6),
                    Table.figure("%.1f", plan.perSecond(plan.brokerMicros(), interval) / 1e6),
                    Table.figure("%.1f", plan.perSecond(plan.bytes(), interval) / MIB));
        }
        return table;
    }
}
