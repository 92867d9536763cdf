package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long it takes from a sample to the total of its run, live: hosts send a sample each second, evenly over the second,
 * one in a record. For each sample and each run on it the time is taken from just before it is handed to the producer to
 * the moment when a read_committed consumer has the first record of {@code run-emissions} whose energy includes it: the
 * energy of a run only grows and its value after each sample is known, so no sample is left out. Both clocks are this
 * process's own. What is sent in the first seconds, while the ledger's code is being compiled, is not counted.
 */
final class LiveLatency {
    /** Kafka Streams counts it from the end of a commit, which takes about as long itself: some ten commits a second. */
    private static final Duration COMMITS = Duration.ofMillis(50);

    private final BenchSettings settings;
    private final int hosts;
    private final int seconds;
    private final int warmUpSeconds;

    /**
     * What came out.
     *
     * @param hosts hosts, each with one sample a second
     * @param runsPerHost runs of each
     * @param samplesPerSecond how many samples were sent in a second
     * @param seconds for how long, without the first seconds
     * @param measurements how many times were taken: one for each sample and run
     * @param p50Millis half of them are at most this, in milliseconds
     * @param p99Millis 99 of 100
     * @param maxMillis all
     * @param ledgerCores how many cores the ledger kept busy
     * @param brokerCores how many the broker
     */
    record Result(
            int hosts,
            int runsPerHost,
            double samplesPerSecond,
            int seconds,
            int measurements,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            double ledgerCores,
            double brokerCores) {}

    /**
     * @param hosts how many hosts, and so how many samples in a second
     * @param seconds how long to measure
     * @param warmUpSeconds how long to send before
     */
    LiveLatency(BenchSettings settings, int hosts, int seconds, int warmUpSeconds) {
        this.settings = settings;
        this.hosts = hosts;
        this.seconds = seconds;
        this.warmUpSeconds = warmUpSeconds;
    }

    Result measure() {
        try (var cluster = settings.startCluster();
                var traffic = BrokerTraffic.of(cluster.broker());
                var ledger = LedgerProcess.start(cluster, settings, COMMITS);
                var totals = ledger.totals()) {
            ledger.awaitReady();
            var workload = workload();
            var sender = new LiveSender(workload, cluster);
            var arrivals = new Arrivals(workload, sender::sentAt, warmUpSeconds);
            settings.progress()
                    .accept("sending %,d samples a second for %d s".formatted(hosts, warmUpSeconds + seconds));
            var thread = Executors.newSingleThreadExecutor();
            try {
                var sending = thread.submit(sender);
                var stopwatch = Stopwatch.start(ledger.child(), cluster, traffic);
                var result = measure(arrivals, totals, sending, stopwatch, sender);
                ledger.stop(); // so that a recording of it is complete
                return result;
            } finally {
                thread.shutdownNow();
            }
        }
    }

    /** A sample ends when it is sent, or up to a second before. */
    private Workload workload() {
        int all = warmUpSeconds + seconds;
        return Workload.backlog(
                (long) hosts * all,
                hosts,
                1,
                BenchSettings.RUNS_PER_HOST,
                BenchSettings.ZONES,
                Instant.now().plusSeconds(all));
    }

    private Result measure(
            Arrivals arrivals, RunTopic<?> totals, Future<?> sending, Stopwatch stopwatch, LiveSender sender) {
        var quiet = Instant.now().plus(settings.patience());
        boolean warm = false;
        while (!arrivals.isComplete()) {
            failWith(sending);
            if (totals.read(arrivals::note)) {
                quiet = Instant.now().plus(settings.patience());
            } else if (Instant.now().isAfter(quiet)) {
                throw new Failure("Nothing has come for %d s; of %,d times only %,d could be taken"
                        .formatted(settings.patience().toSeconds(), arrivals.expected(), arrivals.counted()));
            }
            if (!warm && arrivals.counted() > 0) {
                warm = true;
                stopwatch.restart();
            }
        }
        var cost = stopwatch.stop(LedgerProcess.NAME, (long) hosts * seconds, Instant.now());
        return new Result(
                hosts,
                BenchSettings.RUNS_PER_HOST,
                sender.samplesPerSecond(warmUpSeconds),
                seconds,
                arrivals.counted(),
                arrivals.quantile(0.5),
                arrivals.quantile(0.99),
                arrivals.quantile(1),
                cost.cpuSeconds() / cost.seconds(),
                cost.brokerCpuSeconds() / cost.seconds());
    }

    /** Tells when the sender has failed; one that is done or goes on is well. */
    private static void failWith(Future<?> sending) {
        if (sending.isDone()) {
            try {
                sending.get();
            } catch (ExecutionException e) {
                throw new Failure("The samples could not be sent (" + e.getCause() + ")", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("Interrupted while samples were being sent", e);
            }
        }
    }
}
