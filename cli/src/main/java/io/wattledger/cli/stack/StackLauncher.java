package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.collector.control.RunStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts the stack of a data directory as a process in the background, or finds the one that is there, and stops it. The
 * process has a session of its own, no terminal, and logs into the data directory, so that it outlives whoever started it.
 */
public final class StackLauncher {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long POLL_MILLIS = 50;
    private static final long LOG_LIMIT_BYTES = 10_000_000;
    /**
     * Without setsid (not on every system) the shell itself has its background jobs ignore the interrupt key, and nohup
     * the end of the terminal; the JVM leaves ignored what it finds ignored.
     */
    private static final String BACKGROUND = """
            if command -v setsid >/dev/null 2>&1; then detach=setsid; else detach=nohup; fi
            $detach "$@" </dev/null >>"$0" 2>&1 &
            echo $!
            """;
    /** How {@code Main} begins the line that says why it failed. */
    private static final String FAILURE = "wattledger: ";

    private final DataDirectory directory;
    /** The process we started, null where one was there. */
    private final @Nullable ProcessStamp process;

    private final long logStart;

    private StackLauncher(DataDirectory directory, @Nullable ProcessStamp process, long logStart) {
        this.directory = directory;
        this.process = process;
        this.logStart = logStart;
    }

    /**
     * Makes sure that a stack is up or starting, and returns at once. What starts takes free ports where its own are
     * taken, and stops by itself.
     *
     * @param idleTime how long it stays without use ({@link DataDirectory#touchLastUse})
     */
    public static StackLauncher startForRun(DataDirectory directory, Duration idleTime) {
        return start(directory, List.of("--available-ports", "--idle-time", idleTime.toMillis() + "ms"));
    }

    /** Makes sure that a stack is up or starting, and returns at once; the arguments are those of {@link StackCommand}. */
    static StackLauncher start(DataDirectory directory, List<String> arguments) {
        directory.prepare();
        if (isThere(directory)) {
            return new StackLauncher(directory, null, 0);
        }
        var command = new ArrayList<>(List.of("stack", "--data-dir", directory.toString()));
        command.addAll(arguments);
        try {
            var log = directory.stackLog();
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
                Files.move(log, log.resolveSibling("stack.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            var logStart = Files.exists(log) ? Files.size(log) : 0;
            return new StackLauncher(directory, spawn(JavaCommand.wattledger(command), directory), logStart);
        } catch (IOException e) {
            throw new Failure("Cannot start the stack (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Starts a process in the background, through a shell that ends at once: so it is no child of ours, and its CPU time
     * never counts among that of a command we measure.
     */
    private static ProcessStamp spawn(List<String> command, DataDirectory directory) throws IOException {
        var shell = new ArrayList<>(
                List.of("/bin/sh", "-c", BACKGROUND, directory.stackLog().toString()));
        shell.addAll(command);
        var builder = new ProcessBuilder(shell)
                .directory(directory.path().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // What the stack does is not part of the run from which it was started.
        builder.environment().remove(RunStart.RUN_ID_VARIABLE);
        // We read its failures from its log.
        builder.environment().put("NO_COLOR", "1");
        var starter = builder.start();
        var answer = new String(starter.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return ProcessStamp.of(Long.parseLong(answer));
        } catch (NumberFormatException e) {
            throw new IOException("the shell did not say which process it started: '" + answer + "'", e);
        }
    }

    /** The stack once it is ready, empty while it is still starting. */
    public Optional<RunningStack> poll() {
        var stack = RunningStack.find(directory);
        if (stack.isEmpty() && !isStarting()) {
            // It may have become ready, or another may have taken its place, since we looked.
            stack = RunningStack.find(directory);
            if (stack.isEmpty()) {
                throw new Failure(reason());
            }
        }
        return stack;
    }

    /** Waits until the stack is ready. */
    public RunningStack await(Waiting waiting) {
        for (var stack = poll(); ; stack = poll()) {
            if (stack.isPresent()) {
                waiting.done("The stack is ready");
                return stack.get();
            }
            if (waiting.elapsed().compareTo(PATIENCE) > 0) {
                throw new Failure("The stack was not ready within " + PATIENCE.toSeconds() + " s; see "
                        + directory.stackLog() + ", or stop it with `wattledger down`");
            }
            waiting.goesOn();
            pause();
        }
    }

    /**
     * Stops the stack of that data directory, also one that is still starting, and waits until it is gone.
     *
     * @return whether there was one
     */
    static boolean stop(DataDirectory directory, Waiting waiting) {
        var process = DirectoryLock.holder(directory).flatMap(ProcessStamp::handle);
        if (process.isEmpty()) {
            return false;
        }
        Ending.of(process.get(), waiting);
        return true;
    }

    private static boolean isThere(DataDirectory directory) {
        return DirectoryLock.holder(directory).isPresent();
    }

    private boolean isStarting() {
        return (process != null && process.isAlive()) || isThere(directory);
    }

    /** Why the process ended: the line it wrote for the reader, where there is one. */
    private String reason() {
        var log = directory.stackLog();
        try (var file = Files.newInputStream(log)) {
            file.skipNBytes(Math.min(logStart, Files.size(log)));
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> line.startsWith(FAILURE))
                    .reduce((first, last) -> last)
                    .map(line -> line.substring(FAILURE.length()))
                    .orElse("The stack ended while it was starting; see " + log);
        } catch (IOException e) {
            return "The stack ended while it was starting, and its log " + log + " cannot be read (" + e + ")";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("Interrupted while waiting for the stack", e);
    }
}
