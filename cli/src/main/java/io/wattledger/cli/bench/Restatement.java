package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridIntensity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How long it takes to restate closed rows after one revised intensity: from the moment before it is sent until all rows
 * are out again with the new intensity, and all totals of the runs they belong to are exactly right, both committed.
 * Hosts of one zone have ten runs in the four slots of one hour, and the value of that hour is revised several times; the
 * first revision meets a process that has done little yet.
 */
final class Restatement {
    private static final int RUNS_PER_HOST = 10;
    private static final int SLOTS = 4;
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** Well beyond the slots' grace. */
    private static final Duration AGE = Duration.ofHours(3);

    private final BenchSettings settings;
    private final int revisions;
    private Workload workload;

    /**
     * What came out.
     *
     * @param rows rows restated by each revision
     * @param runs runs they belong to
     * @param seconds how long each revision took, in their order
     * @param cpuSeconds CPU time of the ledger for each
     * @param bytesPerRow what was appended per row for the last of them, compressed
     * @param stateBytesPerRow the state of the ledger at the end, per row; it holds little else
     */
    record Result(
            int rows,
            int runs,
            List<Double> seconds,
            List<Double> cpuSeconds,
            double bytesPerRow,
            double stateBytesPerRow) {
        private Result withState(long bytes) {
            return new Result(rows, runs, seconds, cpuSeconds, bytesPerRow, (double) bytes / rows);
        }
    }

    /**
     * @param rows how many rows, about
     * @param revisions how often
     */
    Restatement(BenchSettings settings, int rows, int revisions, Instant now) {
        this.settings = settings;
        this.revisions = revisions;
        var hour = now.minus(AGE).truncatedTo(ChronoUnit.HOURS);
        int hosts = Math.max(1, rows / (RUNS_PER_HOST * SLOTS));
        workload = new Workload(hosts, SLOTS, 1, RUNS_PER_HOST, 1, Workload.SLOT, hour, Duration.ofHours(1), 0);
    }

    private int rows() {
        return workload.hosts() * RUNS_PER_HOST * SLOTS;
    }

    Result measure() {
        try (var cluster = settings.startCluster();
                var traffic = BrokerTraffic.of(cluster.broker())) {
            var hosts = Loader.load(workload, cluster, settings.progress());
            settings.progress().accept("closing %,d rows".formatted(rows()));
            try (var feed = Feed.live(cluster);
                    var ledger = LedgerProcess.start(cluster, settings, INTERVAL, LedgerProcess.CLOSING_SOON);
                    var runs = ledger.watch(Expectation.of(hosts, workload));
                    var rows = new RowWatch(cluster)) {
                var stopwatch = Stopwatch.start(ledger.child(), cluster, traffic);
                awaitClosed(runs, rows);
                return restate(hosts, feed, stopwatch, runs, rows).withState(ledger.stop());
            }
        }
    }

    private void awaitClosed(RunWatch runs, RowWatch rows) {
        if (!runs.awaitRight(settings.patience())) {
            throw new Failure("The ledger to be restated is wrong. " + runs.differences());
        }
        var deadline = Instant.now().plus(settings.patience()).plus(LedgerProcess.CLOSED_SOON);
        while (!areClosed(rows)) {
            awaitMore(rows, deadline);
        }
    }

    /** Waits for rows, and takes all that come with them. */
    private void awaitMore(RowWatch rows, Instant deadline) {
        while (!rows.read()) {
            if (Instant.now().isAfter(deadline)) {
                throw new Failure("Of %d rows %d came, and not all of them were closed within %d s"
                        .formatted(
                                rows(),
                                rows.count(),
                                settings.patience()
                                        .plus(LedgerProcess.CLOSED_SOON)
                                        .toSeconds()));
            }
        }
        boolean more = true;
        while (more) {
            more = rows.read();
        }
    }

    private boolean areClosed(RowWatch rows) {
        return rows.count() == rows() && all(rows, row -> row.getRevision() > 0);
    }

    private Result restate(List<SimulatedHost> hosts, Feed feed, Stopwatch stopwatch, RunWatch runs, RowWatch rows) {
        var seconds = new ArrayList<Double>();
        var cpuSeconds = new ArrayList<Double>();
        double bytes = 0;
        for (int i = 0; i < revisions; i++) {
            workload = workload.revised();
            settings.progress().accept("revision %d".formatted(workload.revision()));
            runs.expect(Expectation.of(hosts, workload));
            rows.forget();
            stopwatch.restart();
            workload.intensities().forEach(feed::intensity);
            var restated = awaitRestated(runs, rows);
            var cost = stopwatch.stop(LedgerProcess.NAME, rows(), restated);
            check(rows);
            seconds.add(cost.seconds());
            cpuSeconds.add(cost.cpuSeconds());
            bytes = cost.bytesWrittenPerSample();
        }
        return new Result(rows(), hosts.size() * RUNS_PER_HOST, seconds, cpuSeconds, bytes, 0);
    }

    /** When the last of it came. */
    private Instant awaitRestated(RunWatch runs, RowWatch rows) {
        var quiet = Instant.now().plus(settings.patience());
        while (rows.count() < rows() || !runs.isRight()) {
            if (rows.read() | runs.read()) {
                quiet = Instant.now().plus(settings.patience());
            } else if (Instant.now().isAfter(quiet)) {
                throw new Failure(
                        "The revision has not been carried out: %d of %d rows came. ".formatted(rows.count(), rows())
                                + runs.differences());
            }
        }
        return rows.lastChange().isAfter(runs.lastChange()) ? rows.lastChange() : runs.lastChange();
    }

    private void check(RowWatch rows) {
        GridIntensity now = workload.intensities().get(0);
        if (!all(rows, row -> row.getIntensityMicrogramsPerKwh() == now.getIntensityMicrogramsPerKwh())) {
            throw new Failure("Some rows came out with another intensity than the revised one, "
                    + now.getIntensityMicrogramsPerKwh() + " µg/kWh");
        }
    }

    private static boolean all(RowWatch rows, Predicate<EmissionRow> condition) {
        return rows.rows().stream().allMatch(condition);
    }
}
