package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One connector reads a whole topic. */
final class SinkTrial {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 5;

    private final SinkWorker worker;
    private final String connector;
    private final Contender contender;
    private final long records;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    /**
     * What came out.
     *
     * @param name the contender
     * @param recordsPerSecond from the first portion of records to the last
     * @param cpuMicrosPerRecord of the worker, in that time
     */
    record Result(String name, double recordsPerSecond, double cpuMicrosPerRecord) {}

    /** @param connector a name that was never used before */
    SinkTrial(SinkWorker worker, String connector, Contender contender, long records) {
        this.worker = worker;
        this.connector = connector;
        this.contender = contender;
        this.records = records;
    }

    /** Counts from the first portion on, when the connector has been started and has its partitions. */
    Result measure() {
        worker.create(connector, contender.settings());
        long first = await(1);
        long from = System.nanoTime();
        var before = worker.child().use();
        long last = await(records);
        double seconds = (System.nanoTime() - from) / 1e9;
        var cpu = worker.child().use().cpuTimeSince(before);
        while (worker.committed(connector) < records) {
            pause("committed " + worker.committed(connector));
        }
        worker.delete(connector);
        contender.check().run();
        return new Result(contender.name(), (last - first) / seconds, cpu.toNanos() / 1e3 / (last - first));
    }

    private long await(long least) {
        long given = worker.given(connector);
        while (given < least) {
            pause("been given " + given);
            given = worker.given(connector);
        }
        return given;
    }

    private void pause(String state) {
        if (System.nanoTime() > deadline) {
            throw new Failure(contender.name() + " has only " + state + " of " + records + " records within "
                    + PATIENCE.toSeconds() + " s: " + worker.status(connector));
        }
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while waiting for " + contender.name(), e);
        }
    }
}
