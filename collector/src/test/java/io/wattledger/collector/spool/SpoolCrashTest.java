package io.wattledger.collector.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.Cases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at a random moment, two hundred times. */
class SpoolCrashTest {
    private static final int KILLS = 200;

    @TempDir
    Path folder;

    @Test
    void keepsEverythingThatWasSaidToBeOnDisk() {
        Cases.check(KILLS, random -> {
            try {
                killAWriter(random);
            } catch (IOException | InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        });
    }

    private void killAWriter(Random random) throws IOException, InterruptedException {
        var spoolFolder = folder.resolve("spool-" + random.nextInt(3));
        long next = numbers(spoolFolder);
        var writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolWriterMain.class.getName(),
                        spoolFolder.toString(),
                        Long.toString(next))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long said = next - 1;
        try (var lines = new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = random.nextInt(50); i >= 0; i--) {
                said = Long.parseLong(lines.readLine());
            }
            LockSupport.parkNanos(random.nextInt(2_000_000));
            // By its handle: the method of the process itself would close the pipe with what was said last.
            writer.toHandle().destroyForcibly();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said = Math.max(said, Long.parseLong(line));
            }
        }
        writer.waitFor();

        assertThat(numbers(spoolFolder)).isGreaterThan(said);
    }

    /** How many numbers a spool holds; they are 0, 1, 2 … without a hole. */
    private static long numbers(Path spoolFolder) throws IOException {
        Files.createDirectories(spoolFolder);
        try (var spool = Spool.open(spoolFolder, 1 << 20, Spool.FOREVER)) {
            long expected = 0;
            for (var entry : spool.next(Integer.MAX_VALUE).entries()) {
                var text = new String(entry.payload(), StandardCharsets.UTF_8).trim();
                assertThat(Long.parseLong(text)).isEqualTo(expected);
                expected++;
            }
            return expected;
        }
    }
}
