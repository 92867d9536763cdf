package io.wattledger.cli.chaos;

import io.wattledger.cli.ledger.Ulid;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.collector.control.CollectorClient;
import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.RunEnd;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run after the other on a host, each with a real process that works a little, told to the collector as the wrapper of
 * {@code wattledger run} does: registered again with each new collector, and ended until one has taken the end.
 */
final class Wrapper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wrapper.class);
    private static final Duration REPLY = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN = Duration.ofMillis(50);
    private static final Duration END_PATIENCE = Duration.ofMinutes(3);
    private static final int SHORTEST_RUN_MILLIS = 300;
    private static final int LONGEST_RUN_MILLIS = 6_000;
    private static final int LONGEST_PAUSE_MILLIS = 1_500;

    /** Works about a quarter of the time, and no longer than we live. */
    private static final List<String> COMMAND = List.of(
            "/bin/sh",
            "-c",
            "while kill -0 $PPID; do i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done; sleep 0.05; done");

    private final String project;
    private final Path collectorFolder;
    private final Snapshots snapshots;
    private final Random random;
    private final Duration interval;
    private final Thread thread;

    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private @Nullable String failure;
    private volatile boolean stopping;
    private volatile boolean abandoning;

    /**
     * @param collectorFolder where the collector of the host listens
     * @param snapshots of that host
     */
    Wrapper(String project, Path collectorFolder, Snapshots snapshots, Duration interval, Random random) {
        this.project = project;
        this.collectorFolder = collectorFolder;
        this.snapshots = snapshots;
        this.interval = interval;
        this.random = random;
        this.thread = new Thread(this::work, "wrapper-" + project);
        thread.setDaemon(true);
    }

    Wrapper start() {
        thread.start();
        return this;
    }

    private void work() {
        try {
            while (!stopping) {
                abandoning = false;
                measure();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            }
        } catch (IOException e) {
            synchronized (begun) {
                failure = String.valueOf(e.getMessage());
            }
            LOG.error("The wrapper of {} gives up", project, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() throws IOException, InterruptedException {
        var run =
                new RunStart(Ulid.next(Instant.now()), project, null, Map.of(), null, null, null, interval.toMillis());
        long length = random.nextInt(SHORTEST_RUN_MILLIS, LONGEST_RUN_MILLIS);
        synchronized (begun) {
            begun.add(run.run());
        }
        var begin = snapshots.take();
        var builder = new ProcessBuilder(COMMAND)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(RunStart.RUN_ID_VARIABLE, run.run());
        var process = builder.start();
        try (var line = new Line(run, begin, process.pid())) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(length);
            for (long left = length;
                    left > 0 && !stopping && !abandoning;
                    left = (end - System.nanoTime()) / 1_000_000) {
                line.hold(Duration.ofMillis(Math.min(left, TRY_AGAIN.toMillis())));
            }
            process.destroyForcibly().waitFor();
            if (line.end()) {
                synchronized (begun) {
                    ended.add(run.run());
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** The line to the collector, which breaks whenever that is killed. */
    private final class Line implements AutoCloseable {
        private final RunStart run;
        private final Snapshot begin;
        private final long pid;
        private @Nullable CollectorClient client;

        Line(RunStart run, Snapshot begin, long pid) {
            this.run = run;
            this.begin = begin;
            this.pid = pid;
        }

        /** Keeps the run registered for a while. */
        void hold(Duration time) throws InterruptedException {
            var current = client;
            if (current == null) {
                connect();
                if (client == null) {
                    TimeUnit.NANOSECONDS.sleep(time.toNanos());
                }
            } else if (current.awaitGone(time)) {
                close();
            }
        }

        private void connect() {
            CollectorClient.connect(collectorFolder).ifPresent(found -> {
                try {
                    found.register(run, begin, pid, REPLY);
                    client = found;
                } catch (IOException e) {
                    LOG.debug("Run {} could not be registered", run.run(), e);
                    found.close();
                }
            });
        }

        /** Ends the run; false when it has been abandoned. */
        boolean end() throws IOException, InterruptedException {
            @Nullable Snapshot moment = client == null ? snapshots.take() : null;
            long deadline = System.nanoTime() + END_PATIENCE.toNanos();
            while (!abandoning) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("No collector of " + project + " took the end of run " + run.run()
                            + " within " + END_PATIENCE.toSeconds() + " s");
                }
                var current = client;
                if (current == null) {
                    hold(TRY_AGAIN);
                    continue;
                }
                try {
                    current.end(run.run(), new RunEnd(0, moment, null, null), REPLY);
                    return true;
                } catch (CollectorException e) {
                    LOG.info("The end of run {} was refused: {}", run.run(), e.getMessage());
                    return false;
                } catch (IOException e) {
                    LOG.debug("The end of run {} was not taken", run.run(), e);
                    close();
                    moment = moment == null ? snapshots.take() : moment;
                }
            }
            return false;
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }

    /** The run at present goes without an end, as when its host breaks down. */
    void abandon() {
        abandoning = true;
    }

    /** Ends the run at present and begins no other. */
    void stop() {
        stopping = true;
        try {
            thread.join(END_PATIENCE.plusSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while the runs were ending", e);
        }
        synchronized (begun) {
            if (failure != null) {
                throw new Failure(failure);
            }
        }
    }

    /** All runs. */
    List<String> begun() {
        synchronized (begun) {
            return List.copyOf(begun);
        }
    }

    /** Those whose end a collector has confirmed. */
    List<String> ended() {
        synchronized (begun) {
            return List.copyOf(ended);
        }
    }

    @Override
    public void close() {
        stopping = true;
        abandoning = true;
        thread.interrupt();
    }
}
