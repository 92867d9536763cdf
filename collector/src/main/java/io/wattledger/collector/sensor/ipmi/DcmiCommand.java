package io.wattledger.collector.sensor.ipmi;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the tools that ask the controller.
 *
 * @param words the program and its arguments
 */
record DcmiCommand(List<String> words) {
    private static final List<List<String>> TOOLS = List.of(
            List.of("ipmitool", "dcmi", "power", "reading"), List.of("ipmi-dcmi", "--get-system-power-statistics"));

    /** Far more than either tool prints, and less than a pipe holds, so that neither waits to be read. */
    private static final int MOST_BYTES = 16 * 1024;

    /**
     * What a program printed, errors included.
     *
     * @param exit its exit code
     */
    record Result(int exit, String text) {}

    /**
     * The first that is installed, or null.
     *
     * @param folders where programs are, as in {@code PATH}
     */
    static @Nullable DcmiCommand installed(String folders) {
        for (var tool : TOOLS) {
            for (var folder : folders.split(File.pathSeparator, -1)) {
                var program = Path.of(folder, tool.get(0));
                if (!folder.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                    var words = new ArrayList<>(tool);
                    words.set(0, program.toString());
                    return new DcmiCommand(List.copyOf(words));
                }
            }
        }
        return null;
    }

    /** Names of the tools, for people. */
    static String names() {
        return String.join(" or ", TOOLS.stream().map(tool -> tool.get(0)).toList());
    }

    /**
     * Runs it.
     *
     * @throws NoPowerReadingException when it is late; it is killed then
     * @throws InterruptedIOException when this thread was interrupted; likewise
     * @throws IOException when it cannot be started
     */
    Result run(Duration timeout) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NoPowerReadingException(
                        "'" + this + "' gave no answer within " + timeout.toMillis() + " ms.",
                        "The management controller is busy or hangs; ask more rarely, or set " + IpmiSettings.TIMEOUT_MS
                                + " higher.");
            }
            return new Result(process.exitValue(), new String(output.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted while '" + this + "' ran");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            kill(process);
        }
    }

    /** With what it has started, which would otherwise live on. */
    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
