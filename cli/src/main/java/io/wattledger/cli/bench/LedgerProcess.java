package io.wattledger.cli.bench;

import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.LedgerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** The ledger itself: {@code wattledger streams} as a process. */
final class LedgerProcess implements AutoCloseable {
    static final String NAME = "ledger";
    /** Settings of a ledger that closes slots sooner than usual, where there is nothing to see while they are open. */
    static final Map<String, String> CLOSING_SOON = Map.of(LedgerConfig.CLOSING_INTERVAL, "5000");

    /** By then it has: a slot waits for a time in which nothing was added to it. */
    static final Duration CLOSED_SOON = Duration.ofSeconds(10);

    /** Long enough for its group to give up a member that was killed, and for its state to be restored. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
     * @param commits the time from one commit to the next
     */
    static LedgerProcess start(BenchCluster cluster, BenchSettings settings, Duration commits) {
        return start(cluster, settings, commits, Map.of());
    }

    /**
     * The same with further settings. It takes up the state that one before it on the same cluster has left.
     *
     * @param further settings of {@link LedgerConfig}
     */
    static LedgerProcess start(
            BenchCluster cluster, BenchSettings settings, Duration commits, Map<String, String> further) {
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
        var set = new HashMap<>(further);
        set.put(LedgerConfig.THREADS, Integer.toString(settings.threads()));
        set.put(LedgerConfig.COMMIT_INTERVAL, Long.toString(commits.toMillis()));
        set.put(LedgerConfig.KAFKA_PREFIX + "main.consumer.interceptor.classes", FirstPoll.class.getName());
        set.putAll(settings.set());
        set.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        var command = JavaCommand.role(settings.javaOptions(NAME), arguments);
        return new LedgerProcess(cluster, cluster.place().start(NAME, command), folder);
    }

    Child child() {
        return child;
    }

    /** Waits until it accounts. */
    void awaitReady() {
        child.await("streams ready at ", PATIENCE);
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
        return Workplace.bytesIn(state());
    }

    /** Deletes its state, once it has ended. */
    void deleteState() {
        try {
            Utils.delete(state().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + state(), e);
        }
    }

    private Path state() {
        return folder.resolve("streams");
    }

    @Override
    public void close() {
        child.close();
    }
}
