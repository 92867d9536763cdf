package io.wattledger.cli.chaos;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Variables;
import io.wattledger.collector.control.RunStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A role as a process of its own that is started again whenever it has ended, as an init system would do. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final int LAST_WORDS = 20;

    private final String name;
    private final Supplier<List<String>> command;
    private final Path log;
    private final Thread keeper;

    private @Nullable Process process;
    private @Nullable String address;
    private boolean wanted = true;
    private boolean closed;
    private Duration pause = PAUSE;
    private boolean killed;
    private @Nullable Long awaySinceNanos;
    private Duration longestAway = Duration.ZERO;
    private int kills;
    private int ownEnds;

    /**
     * @param name what it says before {@code ready} on its standard output, once it serves
     * @param command asked for at each start
     * @param log where its standard error goes
     */
    Service(String name, Supplier<List<String>> command, Path log) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.keeper = new Thread(this::keep, "keeper-of-" + log.getFileName());
        keeper.setDaemon(true);
    }

    Service start() {
        keeper.start();
        return this;
    }

    private void keep() {
        try {
            while (true) {
                var started = launchWhenWanted();
                follow(started);
                started.waitFor();
                TimeUnit.NANOSECONDS.sleep(ended().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("The {} is not started any more", name, e);
        }
    }

    private synchronized Process launchWhenWanted() throws IOException, InterruptedException {
        while (!wanted && !closed) {
            wait();
        }
        if (closed) {
            throw new InterruptedException("closed");
        }
        var builder = new ProcessBuilder(command.get()).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().remove(RunStart.RUN_ID_VARIABLE);
        Variables.withhold(builder.environment());
        process = builder.start();
        return process;
    }

    private void follow(Process started) throws IOException {
        var ready = name + " ready";
        try (var out = new BufferedReader(started.inputReader(StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(ready)) {
                    ready(line.substring(ready.length())
                            .replaceFirst("^ at ", "")
                            .strip());
                }
            }
        } catch (IOException e) {
            LOG.debug("The output of the {} has ended", name, e);
        }
    }

    private synchronized void ready(String at) {
        address = at;
        if (awaySinceNanos != null) {
            var away = Duration.ofNanos(System.nanoTime() - awaySinceNanos);
            longestAway = away.compareTo(longestAway) > 0 ? away : longestAway;
            awaySinceNanos = null;
        }
        notifyAll();
    }

    /** How long to wait before the next start. */
    private synchronized Duration ended() {
        process = null;
        address = null;
        var next = killed ? pause : PAUSE;
        if (!killed && wanted) {
            ownEnds++;
            away();
        }
        killed = false;
        notifyAll();
        return next;
    }

    private synchronized void away() {
        if (awaySinceNanos == null) {
            awaySinceNanos = System.nanoTime();
        }
    }

    String name() {
        return name;
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized boolean isReady() {
        return isAlive() && address != null;
    }

    /**
     * Kills it with SIGKILL.
     *
     * @param beforeStart how long it stays away, at least
     * @return whether there was anything to kill
     */
    synchronized boolean kill(Duration beforeStart) {
        if (process == null || !process.isAlive()) {
            return false;
        }
        killed = true;
        pause = beforeStart;
        kills++;
        away();
        process.destroyForcibly();
        return true;
    }

    /** Tells it to end, waits until it has, and does not start it again until {@link #resume}. */
    void stop() {
        end(false);
    }

    /** Kills it and does not start it again until {@link #resume}. */
    synchronized void killAndHold() {
        if (isAlive()) {
            kills++;
        }
        end(true);
    }

    private synchronized void end(boolean forcibly) {
        wanted = false;
        if (process != null) {
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }
        long deadline = System.nanoTime() + STOP_PATIENCE.toNanos();
        while (process != null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new Failure("The " + name + " did not end within " + STOP_PATIENCE.toSeconds()
                        + " s after it was told to" + lastWords());
            }
            pause(left);
        }
    }

    synchronized void resume() {
        wanted = true;
        notifyAll();
    }

    /**
     * Where it listens, once it serves.
     *
     * @throws Failure when it does not within that time
     */
    synchronized String awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (address == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new Failure("The " + name + " was not ready within " + patience.toSeconds()
                        + " s, having been killed " + kills + " times and ended by itself " + ownEnds + " times"
                        + lastWords());
            }
            pause(left);
        }
        return address;
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while waiting for the " + name, e);
        }
    }

    synchronized int kills() {
        return kills;
    }

    /** How often it ended without having been told to or killed. */
    synchronized int ownEnds() {
        return ownEnds;
    }

    /** The longest time from a kill until it served again. */
    synchronized Duration longestAway() {
        return longestAway;
    }

    private String lastWords() {
        try {
            var all = Files.readAllLines(log, StandardCharsets.UTF_8);
            return "; its log ends with:\n"
                    + String.join("\n", all.subList(Math.max(0, all.size() - LAST_WORDS), all.size()));
        } catch (IOException e) {
            return "; it has logged nothing";
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            wanted = false;
            if (process != null) {
                process.destroyForcibly();
            }
            notifyAll();
        }
        keeper.interrupt();
        try {
            keeper.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
