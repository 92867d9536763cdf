package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.terminal.Variables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code wattledger} command as a real process, with the distribution's class path where it has been built. */
public final class CommandProcess implements AutoCloseable {
    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final List<Thread> readers = new ArrayList<>();

    private CommandProcess(Process process) {
        this.process = process;
        read(process.getInputStream(), out);
        read(process.getErrorStream(), err);
    }

    /** Starts the command with a data directory of its own. */
    public static CommandProcess start(Path dataDirectory, String... arguments) {
        return start(dataDirectory, Map.of(), arguments);
    }

    /** Starts the command with further environment. */
    public static CommandProcess start(Path dataDirectory, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.wattledger.cli.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("WATTLEDGER_DATA_DIR", dataDirectory.toString());
        builder.environment().remove("WATTLEDGER_ZONE");
        builder.environment().remove("WATTLEDGER_RUN_ID");
        Variables.withhold(builder.environment());
        builder.environment().putAll(environment);
        try {
            return new CommandProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(InputStream stream, StringBuffer text) {
        var reader = new Thread(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    text.append(line).append('\n');
                }
            } catch (IOException e) {
                text.append("(the stream broke: ").append(e).append(")\n");
            }
        });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    public Process process() {
        return process;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    /** Waits for a text on standard output. */
    public CommandProcess awaitOut(String text) {
        Patience.until(() -> out().contains(text) || !process.isAlive(), this::output);
        assertThat(out()).as("standard output; standard error was: %s", err()).contains(text);
        return this;
    }

    /** Waits for a text on standard error. */
    public CommandProcess awaitErr(String text) {
        Patience.until(() -> err().contains(text) || !process.isAlive(), this::output);
        assertThat(err()).as("standard error").contains(text);
        return this;
    }

    private String output() {
        return "output so far: " + out + " " + err;
    }

    /** Waits for the end; the exit code. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "ended; " + output())
                    .isTrue();
            for (var reader : readers) {
                reader.join(5_000);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
