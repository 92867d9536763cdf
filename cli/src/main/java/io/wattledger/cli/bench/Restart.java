package io.wattledger.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.LedgerConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What the rows of a whole restatement horizon take on disk, and how long the ledger needs until it accounts again when
 * it is started with them: after a clean stop, after SIGKILL, and without its state.
 */
final class Restart {
    /** Of a slot, a sample and an intensity. */
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration HORIZON = Duration.ofDays(90);
    /** From both ends of the horizon: at one nothing may be sealed meanwhile, at the other every slot must close. */
    private static final Duration MARGIN = HOUR.multipliedBy(3);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Map<String, String> DYNAMIC_MEMBER = Map.of();
    private static final Map<String, String> STATIC_MEMBER =
            Map.of(LedgerConfig.KAFKA_PREFIX + "group.instance.id", "bench");

    private final BenchSettings settings;
    private final Duration watch;
    private final Workload workload;

    /**
     * What came out.
     *
     * @param rows closed rows in the state
     * @param hosts hosts they are of
     * @param stateBytes the state on disk, after a clean stop
     * @param changelogBytes its changelogs on the broker's disk then, compressed
     * @param starts how it was started again, in this order
     */
    record Result(int rows, int hosts, long stateBytes, long changelogBytes, List<Start> starts) {
        @JsonProperty
        double stateBytesPerRow() {
            return (double) stateBytes / rows;
        }

        @JsonProperty
        double changelogBytesPerRow() {
            return (double) changelogBytes / rows;
        }
    }

    /**
     * One start.
     *
     * @param after what went before
     * @param readySeconds from the start of the process until it said that it was ready
     * @param accountsSeconds until samples sent when it was started were in committed totals as well
     * @param cpuSeconds CPU time of the process up to then
     * @param restoredBytes what it had read of changelogs by then, compressed
     * @param records how many records it appended to each topic, but for those of these samples
     */
    record Start(
            String after,
            double readySeconds,
            double accountsSeconds,
            double cpuSeconds,
            long restoredBytes,
            Map<String, Integer> records) {}

    /**
     * @param rows how many rows, about
     * @param watch how long after each start to look for records
     */
    Restart(BenchSettings settings, int rows, Duration watch, Instant now) {
        this.settings = settings;
        this.watch = watch;
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        int slots = Math.toIntExact(HORIZON.minus(MARGIN.multipliedBy(2)).toHours());
        int hosts = Math.max(1, rows / (slots * BenchSettings.RUNS_PER_HOST));
        workload = hourly(hosts, slots, hour.minus(HORIZON).plus(MARGIN));
    }

    /** A sample for each host and hour. */
    static Workload hourly(int hosts, int hours, Instant start) {
        return new Workload(hosts, hours, 1, BenchSettings.RUNS_PER_HOST, BenchSettings.ZONES, HOUR, start, HOUR, 0);
    }

    private int rows() {
        return workload.hosts() * workload.samplesPerHost() * workload.runsPerHost();
    }

    Result measure() {
        try (var cluster = settings.startCluster();
                var traffic = BrokerTraffic.of(cluster.broker());
                var ledger = start(cluster, DYNAMIC_MEMBER)) {
            ledger.awaitReady();
            var expectation = Expectation.of(Loader.load(workload, cluster, settings.progress()), workload);
            try (var runs = ledger.watch(expectation);
                    var feed = Feed.live(cluster)) {
                awaitClosed(cluster, runs);
                long stateBytes = ledger.stop();
                long changelogBytes = cluster.changelogBytes();
                var trial = new RestartTrial(settings, watch, cluster, traffic, feed, runs, expectation);
                return new Result(rows(), workload.hosts(), stateBytes, changelogBytes, startAgain(cluster, trial));
            }
        }
    }

    private List<Start> startAgain(BenchCluster cluster, RestartTrial trial) {
        trial.again("a clean stop", () -> start(cluster, DYNAMIC_MEMBER)).close();
        trial.again("SIGKILL", () -> start(cluster, STATIC_MEMBER)).close();
        var last = trial.again("SIGKILL of a static member", () -> start(cluster, STATIC_MEMBER));
        last.stop();
        last.deleteState();
        trial.again("a clean stop, state deleted", () -> start(cluster, DYNAMIC_MEMBER))
                .stop();
        return trial.starts();
    }

    private LedgerProcess start(BenchCluster cluster, Map<String, String> membership) {
        var set = new HashMap<>(membership);
        set.putAll(LedgerProcess.CLOSING_SOON);
        set.put(LedgerConfig.SLOT_LENGTH, Long.toString(HOUR.toMillis()));
        return LedgerProcess.start(cluster, settings, INTERVAL, set);
    }

    /** Waits until totals are right and every row has come to the history, as it does when it closes. */
    private void awaitClosed(BenchCluster cluster, RunWatch runs) {
        settings.progress().accept("closing %,d rows".formatted(rows()));
        if (!runs.awaitRight(settings.patience())) {
            throw new Failure("The ledger to be started again is wrong. " + runs.differences());
        }
        var deadline = deadline();
        var closed = new HashSet<ByteBuffer>();
        try (var history = KeyWatch.fromStart(cluster, Topics.EMISSIONS_HISTORY.name())) {
            while (closed.size() < rows()) {
                int before = closed.size();
                history.read((topic, key) -> closed.add(ByteBuffer.wrap(key)));
                deadline = closed.size() > before ? deadline() : deadline;
                runs.readOn(Duration.ofMillis(100));
                if (Instant.now().isAfter(deadline)) {
                    throw new Failure("Of %d rows only %d have closed in time".formatted(rows(), closed.size()));
                }
            }
        }
    }

    private Instant deadline() {
        return Instant.now().plus(settings.patience()).plus(LedgerProcess.CLOSED_SOON);
    }
}
