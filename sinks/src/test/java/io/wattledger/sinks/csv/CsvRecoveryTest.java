package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.csv.FaultyDisk.Fault;
import io.wattledger.sinks.csv.FaultyDisk.Killed;
import io.wattledger.sinks.task.Runs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever call to the disk fails, and wherever the process dies: in the end the files have each row once, and whole. */
class CsvRecoveryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

    @TempDir
    private Path temporary;

    private int folders;

    @ParameterizedTest
    @CsvSource({"runs.csv, 0", "runs.csv.gz, 500", "'runs-{topic}-{partition}.csv', 0"})
    void whateverCallFailsEachRowIsThereOnce(String file, long rotateBytes) throws IOException {
        var settings = Map.of("csv.rotate.bytes", Long.toString(rotateBytes));
        var expected = undisturbed(file, settings);
        assertThat(expected.get(0)).hasSize(2);
        for (var fault : Fault.values()) {
            int at = 0;
            boolean struck = true;
            while (struck) {
                at++;
                struck = disturbed(file, settings, fault, at, expected);
            }
            assertThat(at).as("calls to the disk").isGreaterThan(20);
        }
    }

    private List<Map<String, List<String>>> undisturbed(String file, Map<String, String> settings) throws IOException {
        var folder = folder();
        worker(folder, file, settings, broker(), FaultyDisk.good(), 0).runToTheEnd();
        return rows(folder);
    }

    private boolean disturbed(
            String file, Map<String, String> settings, Fault fault, int at, List<Map<String, List<String>>> expected)
            throws IOException {
        var folder = folder();
        var broker = broker();
        var disk = new FaultyDisk(fault, at, new Random(at));
        try {
            worker(folder, file, settings, broker, disk, at).runToTheEnd();
        } catch (Killed e) {
            worker(folder, file, settings, broker, FaultyDisk.good(), at).runToTheEnd();
        }
        assertThat(rows(folder)).as("%s at call %s", fault, at).isEqualTo(expected);
        return disk.hasStruck();
    }

    /** Two partitions of runs: four each, some with a later revision, and one that goes on. */
    private static Worker.Broker broker() {
        var broker = new Worker.Broker();
        for (int partition = 0; partition < 2; partition++) {
            for (int i = 0; i < 4; i++) {
                var run = "p" + partition + "-r" + i;
                broker.send(
                        "t",
                        partition,
                        Runs.finished(run, 0).setStatus(RunStatus.RUNNING).build());
                broker.send(
                        "t",
                        partition,
                        Runs.finished(run, 1).setName("a \"b\",\r\n" + i).build());
            }
            broker.send(
                    "t", partition, Runs.finished("p" + partition + "-r1", 2).build());
            broker.send(
                    "t", partition, Runs.finished("p" + partition + "-r1", 3).build());
        }
        return broker;
    }

    private static Worker worker(
            Path folder, String file, Map<String, String> settings, Worker.Broker broker, Disk disk, long seed) {
        var all = new HashMap<>(settings);
        all.put("csv.file", folder.resolve(file).toString());
        return new Worker(broker, all, disk, CLOCK, new Random(seed));
    }

    /** A writer may have left any part of the bytes it had not forced, and the topic then gives them again. */
    @Test
    void cutAtAnyByteBehindTheBookmarkTheFilesBecomeTheSame() throws IOException {
        var expected = undisturbed("runs.csv", Map.of());
        var folder = folder();
        var broker = broker();
        var first = worker(folder, "runs.csv", Map.of(), broker, FaultyDisk.good(), 7);
        first.step();
        first.step();
        first.commit();
        var left = contents(folder);
        while (grown(left, folder) < 250) {
            first.step();
            left = contents(folder);
        }
        var committed = Map.copyOf(broker.committed);
        int cases = 0;
        for (var good : bookmark(folder).ends()) {
            var content = left.getOrDefault(good.file(), new byte[0]);
            for (int length = (int) good.length(); length <= content.length; length++) {
                restore(folder, left);
                Files.write(folder.resolve(good.file()), Arrays.copyOf(content, length));
                broker.committed.clear();
                broker.committed.putAll(committed);
                worker(folder, "runs.csv", Map.of(), broker, FaultyDisk.good(), length)
                        .runToTheEnd();
                assertThat(rows(folder))
                        .as("%s cut to %s bytes", good.file(), length)
                        .isEqualTo(expected);
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(200);
    }

    private static Bookmark bookmark(Path folder) throws IOException {
        return Objects.requireNonNull(Bookmark.read(folder.resolve(".runs.csv.bookmark")));
    }

    /** Bytes that are not known to be good. */
    private static long grown(Map<String, byte[]> contents, Path folder) throws IOException {
        return bookmark(folder).ends().stream()
                .mapToLong(good -> contents.getOrDefault(good.file(), new byte[0]).length - good.length())
                .sum();
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        var contents = new TreeMap<String, byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static void restore(Path folder, Map<String, byte[]> contents) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        for (var file : contents.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private Path folder() throws IOException {
        return Files.createDirectory(temporary.resolve("f" + folders++));
    }

    /** Rows of the main files and of the changes, by partition: their order is that of the partition. */
    private static List<Map<String, List<String>>> rows(Path folder) throws IOException {
        return List.of(rows(folder, false), rows(folder, true));
    }

    private static Map<String, List<String>> rows(Path folder, boolean changes) throws IOException {
        var rows = new TreeMap<String, List<String>>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith("runs"))
                    .filter(file -> file.toString().contains("-changes") == changes)
                    .sorted()
                    .forEach(file -> read(file)
                            .forEach(row -> rows.computeIfAbsent(row.substring(0, 2), partition -> new ArrayList<>())
                                    .add(row)));
        }
        return rows;
    }

    private static List<String> read(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            if (FileNames.isGzip(file)) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            var header = CsvLine.of(RunCsv.header());
            var text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).startsWith(header).endsWith("\r\n");
            var scanner = new CsvScanner(new ByteArrayInputStream(bytes));
            scanner.next();
            var rows = new ArrayList<String>();
            for (var row = scanner.next(); row != null; row = scanner.next()) {
                rows.add(CsvLine.of(row));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
