package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Variables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of a measurement. It tells what it has to tell on lines of its standard output. */
final class Child implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;
    private static final int LAST_WORDS = 15;

    /**
     * Something the process said.
     *
     * @param text what follows the beginning that was waited for
     * @param use what the process had used by then; null when it had ended
     */
    record Line(String text, @Nullable ProcessUse use) {}

    private final String name;
    private final Process process;
    private final Path log;
    private final List<Line> lines = new ArrayList<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name what messages call it
     * @param log where its standard error goes
     */
    static Child start(String name, List<String> command, Path log) {
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Variables.withhold(builder.environment());
            var process = builder.start();
            var child = new Child(name, process, log);
            var reader = new Thread(child::read, name + "-output");
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new Failure("Cannot start the " + name + " (" + e.getMessage() + ")", e);
        }
    }

    private void read() {
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var text = out.readLine(); text != null; text = out.readLine()) {
                var line = new Line(text, useWhileAlive());
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            LOG.debug("The output of the {} has ended", name, e);
        }
    }

    private @Nullable ProcessUse useWhileAlive() {
        try {
            return use();
        } catch (Failure e) {
            LOG.debug("The {} has ended with its last line", name, e);
            return null;
        }
    }

    long pid() {
        return process.pid();
    }

    ProcessUse use() {
        return ProcessUse.of(pid());
    }

    /** Waits for a line that begins like that. */
    Line await(String beginning) {
        return await(beginning, PATIENCE);
    }

    /**
     * The same with other patience.
     *
     * @throws Failure when the process ends before, or it takes too long
     */
    Line await(String beginning, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            while (true) {
                var found = find(beginning);
                if (found.isPresent()) {
                    return found.get();
                }
                if (!process.isAlive()) {
                    throw new Failure("The " + name + " has ended too early" + lastWords());
                }
                if (System.nanoTime() > deadline) {
                    throw new Failure("The " + name + " did not say '" + beginning.strip() + "' within "
                            + patience.toSeconds() + " s" + lastWords());
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            lines.wait(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while waiting for the " + name, e);
        }
    }

    private Optional<Line> find(String beginning) {
        return lines.stream()
                .filter(line -> line.text().startsWith(beginning))
                .map(line -> new Line(line.text().substring(beginning.length()), line.use()))
                .findFirst();
    }

    /** The end of its log, for a message. */
    String lastWords() {
        try {
            var all = Files.readAllLines(log, StandardCharsets.UTF_8);
            var last = all.subList(Math.max(0, all.size() - LAST_WORDS), all.size());
            return last.isEmpty() ? "; it has logged nothing" : "; its log ends with:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "; its log " + log + " cannot be read";
        }
    }

    /** Tells it to end, and waits until it has. */
    void stop() {
        try {
            process.getOutputStream().close();
            process.destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while waiting for the end of the " + name, e);
        }
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
