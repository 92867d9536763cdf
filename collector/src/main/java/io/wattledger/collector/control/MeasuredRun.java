package io.wattledger.collector.control;

import io.wattledger.collector.process.ReapedChildren;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of one command, from the side of its wrapper:
 *
 * <pre>{@code
 * try (var run = MeasuredRun.begin(start, collectorDir, launcher, SensorSurvey.quickSnapshots())) {
 *     Process child = builder.start();       // with WATTLEDGER_RUN_ID in its environment
 *     run.childStarted(child.pid());
 *     int exit = child.waitFor();
 *     run.end(exit, null, Duration.ofSeconds(20));
 * }
 * }</pre>
 *
 * <p>{@code begin} never takes longer than a quarter of a second, {@code childStarted} returns at once. One at a time per
 * process, since the exact CPU time of the command is read from the process's own record of its children.
 */
public final class MeasuredRun implements AutoCloseable {
    private static final Duration BEFORE_START = Duration.ofMillis(250);
    private static final Duration REPLY = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LAUNCHES = Duration.ofSeconds(15);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final RunStart run;
    private final Path collectorDir;
    private final @Nullable CollectorLauncher launcher;
    private final Snapshots snapshots;
    private final Snapshot begun;
    private final OptionalLong reapedBefore;

    private final Object lock = new Object();
    private @Nullable CollectorClient client;
    private @Nullable Long pid;
    private boolean over;
    private @Nullable IOException lastFailure;
    private final CompletableFuture<Registered> registered = new CompletableFuture<>();

    private MeasuredRun(
            RunStart run,
            Path collectorDir,
            @Nullable CollectorLauncher launcher,
            Snapshots snapshots,
            Snapshot begun) {
        this.run = run;
        this.collectorDir = collectorDir;
        this.launcher = launcher;
        this.snapshots = snapshots;
        this.begun = begun;
        this.reapedBefore = ReapedChildren.cpuNanos();
    }

    /**
     * Begins to measure. Call it right before the command starts.
     *
     * @param collectorDir folder of the collector, {@code <data-dir>/collector}
     * @param launcher starts a collector when none listens there, or when it dies; null where somebody else keeps one up
     */
    public static MeasuredRun begin(
            RunStart run, Path collectorDir, @Nullable CollectorLauncher launcher, Snapshots snapshots)
            throws IOException {
        // Taken even when a collector is up: should it die before its first sample, this is where its successor begins.
        var measured = new MeasuredRun(run, collectorDir, launcher, snapshots, snapshots.take());
        measured.tryToRegister(BEFORE_START, null, null);
        return measured;
    }

    /** The command runs. From here on a collector is kept up and the run registered with it, in the background. */
    public void childStarted(long pid) {
        synchronized (lock) {
            this.pid = pid;
        }
        var keeper = new Thread(this::keepRegistered, "collector-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    /** What the collector said to the registration; empty while there was none. */
    public Optional<Registered> registered() {
        return Optional.ofNullable(registered.getNow(null));
    }

    /**
     * The command has ended. Call it right after.
     *
     * @param exitCode its exit code, or null when not known
     * @param units the work it has done, or null when it has not said
     * @param patience how long to wait for a collector that is still starting
     * @throws IOException when nobody took the end in that time; what was sampled until then is on disk
     */
    public Ended end(@Nullable Integer exitCode, @Nullable FunctionalUnits units, Duration patience)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        var cpuNanos = commandCpuNanos();
        var client = client();
        @Nullable Snapshot ended = client == null ? snapshots.take() : null;
        while (true) {
            try {
                if (client != null) {
                    var reply = client.end(run.run(), new RunEnd(exitCode, ended, cpuNanos, units), REPLY);
                    finish();
                    return reply;
                }
            } catch (CollectorException e) {
                finish();
                throw e;
            } catch (IOException e) {
                drop(client, e);
                if (ended == null) {
                    ended = snapshots.take();
                }
            }
            client = awaitClient(deadline);
        }
    }

    /** Gives the run up when it was not ended: the collector then ends it as of its last sample. */
    @Override
    public void close() {
        finish();
    }

    private void finish() {
        synchronized (lock) {
            over = true;
            if (client != null) {
                client.close();
                client = null;
            }
            lock.notifyAll();
        }
    }

    private @Nullable Long commandCpuNanos() {
        var now = ReapedChildren.cpuNanos();
        return now.isPresent() && reapedBefore.isPresent() ? now.getAsLong() - reapedBefore.getAsLong() : null;
    }

    private @Nullable CollectorClient client() {
        synchronized (lock) {
            return client;
        }
    }

    private void drop(CollectorClient dropped, IOException why) {
        dropped.close();
        synchronized (lock) {
            if (client == dropped) {
                client = null;
            }
            lastFailure = why;
            lock.notifyAll();
        }
    }

    private CollectorClient awaitClient(long deadline) throws IOException {
        synchronized (lock) {
            while (client == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IOException(
                            "No collector took the end of run " + run.run() + "; it listens in " + collectorDir
                                    + (launcher == null
                                            ? ", and somebody else is to keep it up"
                                            : ", and its log is " + launcher.log()),
                            lastFailure);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted while waiting for the collector", e);
                }
            }
            return client;
        }
    }

    /** Connects and registers; false when nobody listens or nobody answers. */
    private boolean tryToRegister(Duration timeout, @Nullable Snapshot started, @Nullable Long pid) {
        var connected = CollectorClient.connect(collectorDir);
        if (connected.isEmpty()) {
            return false;
        }
        var candidate = connected.get();
        try {
            registered.complete(candidate.register(run, started, pid, timeout));
        } catch (IOException e) {
            candidate.close();
            synchronized (lock) {
                lastFailure = e;
            }
            return false;
        }
        synchronized (lock) {
            if (over) {
                candidate.close();
                return false;
            }
            client = candidate;
            lock.notifyAll();
        }
        return true;
    }

    private void keepRegistered() {
        try {
            tellPid();
            long nextLaunch = System.nanoTime();
            while (!isOver()) {
                var current = client();
                if (current != null) {
                    nextLaunch = System.nanoTime();
                    if (current.awaitGone(Duration.ofSeconds(1))) {
                        drop(current, new IOException("The collector went away"));
                    }
                } else if (!tryToRegister(REPLY, begun, pid)) {
                    if (System.nanoTime() - nextLaunch >= 0) {
                        nextLaunch = System.nanoTime() + BETWEEN_LAUNCHES.toNanos();
                        launch();
                    }
                    TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellPid() {
        var current = client();
        Long root;
        synchronized (lock) {
            root = pid;
        }
        if (current != null && root != null) {
            try {
                current.started(run.run(), root, REPLY);
            } catch (IOException e) {
                drop(current, e);
            }
        }
    }

    private void launch() {
        if (launcher == null) {
            return;
        }
        try {
            launcher.launch();
        } catch (IOException e) {
            synchronized (lock) {
                lastFailure = e;
            }
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }
}
