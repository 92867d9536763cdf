package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.streams.LedgerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the cost of the ledger grows with hosts, runs per host and zones, each by itself. Costs are those of the second half
 * of the energy, so that the compiling of the code and the start of the topology count for little.
 */
final class Scaling {
    private static final int[] HOSTS = {250, 1000, 4000, 16_000};
    private static final int[] RUNS_PER_HOST = {1, 2, 4, 8};
    private static final int[] ZONES = {1, 10, 100, 1000};
    private static final int USUAL_HOSTS = 1000;

    private final BenchSettings settings;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** So that what a row costs is all that follows from it. */
    private static final Map<String, String> ROWS_AS_OFTEN =
            Map.of(LedgerConfig.EMIT_INTERVAL, Long.toString(INTERVAL.toMillis()));

    private final long samples;

    /**
     * One measurement.
     *
     * @param grows what is another than usual
     * @param cost of the second half
     */
    record Point(String grows, int hosts, int runsPerHost, int zones, Cost cost) {}

    /**
     * @param samples samples of each measurement
     */
    Scaling(BenchSettings settings, long samples) {
        this.settings = settings;
        this.samples = samples;
    }

    List<Point> measure() {
        var points = new ArrayList<Point>();
        for (int hosts : HOSTS) {
            points.add(measure("hosts", hosts, BenchSettings.RUNS_PER_HOST, BenchSettings.ZONES));
        }
        for (int runs : RUNS_PER_HOST) {
            points.add(measure("runs per host", USUAL_HOSTS, runs, BenchSettings.ZONES));
        }
        for (int zones : ZONES) {
            points.add(measure("zones", USUAL_HOSTS, BenchSettings.RUNS_PER_HOST, zones));
        }
        return points;
    }

    private Point measure(String grows, int hosts, int runsPerHost, int zones) {
        settings.progress().accept("%,d hosts, %d runs each, %,d zones".formatted(hosts, runsPerHost, zones));
        var workload = Workload.backlog(samples, hosts, 1, runsPerHost, zones, Instant.now());
        try (var cluster = settings.startCluster();
                var traffic = BrokerTraffic.of(cluster.broker())) {
            var expectation = Expectation.of(Loader.load(workload, cluster, settings.progress()), workload);
            try (var ledger = LedgerProcess.start(cluster, settings, INTERVAL, ROWS_AS_OFTEN);
                    var watch = ledger.watch(expectation)) {
                var stopwatch = Stopwatch.start(ledger.child(), cluster, traffic);
                watch.awaitShare(0.5, settings.patience());
                long left = Math.round((1 - watch.energyShare()) * workload.samples());
                stopwatch.restart();
                boolean right = watch.awaitRight(settings.patience());
                var cost = stopwatch.stop(LedgerProcess.NAME, left, watch.lastChange());
                if (!right) {
                    throw new Failure("The totals of the ledger are wrong. " + watch.differences()
                            + ledger.child().lastWords());
                }
                return new Point(grows, hosts, runsPerHost, zones, cost.withState(ledger.stop()));
            }
        }
    }
}
