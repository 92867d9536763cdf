package io.wattledger.cli.bench;

import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.LedgerConfig;
import io.wattledger.streams.ledger.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ledger itself: {@code wattledger streams} as a process. */
final class LedgerProcess implements AutoCloseable {
    static final String NAME = "ledger";

    private final BenchCluster cluster;
    private final Child child;
    private final Path folder;

    private LedgerProcess(BenchCluster cluster, Child child, Path folder) {
        this.cluster = cluster;
        this.child = child;
        this.folder = folder;
    }

    /**
     * Starts it.
     *
     * @param interval how often totals are told of rows, and how often it commits
     */
    static LedgerProcess start(BenchCluster cluster, BenchSettings settings, Duration interval) {
        return start(cluster, settings, interval, LedgerSettings.DEFAULTS.closingInterval());
    }

    /**
     * The same with another interval of closing.
     *
     * @param closing how often slots are closed
     */
    static LedgerProcess start(BenchCluster cluster, BenchSettings settings, Duration interval, Duration closing) {
        var folder = cluster.place().folder().resolve(NAME);
        var arguments = new ArrayList<>(List.of(
                "streams",
                "--port",
                "0",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.registryUrl(),
                "--data-dir",
                folder.toString()));
        var set = Map.of(
                LedgerConfig.THREADS,
                Integer.toString(settings.threads()),
                LedgerConfig.TOTALS_INTERVAL,
                Long.toString(interval.toMillis()),
                LedgerConfig.COMMIT_INTERVAL,
                Long.toString(interval.toMillis()),
                LedgerConfig.CLOSING_INTERVAL,
                Long.toString(closing.toMillis()),
                LedgerConfig.KAFKA_PREFIX + "main.consumer.interceptor.classes",
                FirstPoll.class.getName());
        set.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        var command = JavaCommand.role(settings.javaOptions(NAME), arguments);
        return new LedgerProcess(cluster, cluster.place().start(NAME, command), folder);
    }

    Child child() {
        return child;
    }

    /** Waits until it accounts. */
    void awaitReady() {
        child.await("streams ready at ");
    }

    /** Its totals of runs. */
    RunTopic<RunEmissions> totals() {
        return new RunTopic<>(
                cluster,
                Topics.RUN_EMISSIONS.name(),
                new AvroDeserializer<>(),
                total -> new RunFigures(
                        total.getEnergyMillijoules(),
                        total.getEmissionsMicrograms(),
                        total.getStatus() == RunStatus.FINISHED));
    }

    RunWatch watch(Expectation expectation) {
        return new RunWatch(totals(), expectation);
    }

    /** Ends it cleanly; the size of its state, in bytes. */
    long stop() {
        child.stop();
        return Workplace.bytesIn(folder.resolve("streams"));
    }

    @Override
    public void close() {
        child.close();
    }
}
