package io.wattledger.collector.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.spool.SpoolEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long PLENTY = 64 << 20;

    @TempDir
    Path folder;

    @Test
    void givesOutWhatWasAppendedInOrder() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a"), entry("b")));
            spool.append(List.of(entry("c")));

            assertThat(texts(spool)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void goesOnOnceANewSegmentCanBeMadeAgain() throws IOException {
        var next = folder.resolve("%016d.spool".formatted(2));
        try (var spool = Spool.open(folder, 800, Spool.FOREVER)) {
            spool.append(List.of(entry("a".repeat(90))));
            Files.createDirectory(next);
            assertThatThrownBy(() -> spool.append(List.of(entry("b".repeat(90)))))
                    .isInstanceOf(IOException.class);
            Files.delete(next);
            spool.append(List.of(entry("c".repeat(90))));

            assertThat(texts(spool)).containsExactly("a".repeat(90), "c".repeat(90));
        }
    }

    @Test
    void makesRoomEvenWhereNothingCanBeWritten() throws IOException {
        try (var spool = Spool.open(folder, 8000, Spool.FOREVER)) {
            spool.append(List.of(entry("a".repeat(900))));
            spool.append(List.of(entry("b".repeat(900))));
            var first = folder.resolve("%016d.spool".formatted(1));
            assertThat(first).exists();
            Files.createDirectory(folder.resolve("taken.new"));
            assertThatThrownBy(() -> spool.take(spool.next(10_000))).isInstanceOf(IOException.class);

            assertThat(first).doesNotExist();
        }
    }

    @Test
    void givesOutTheSameUntilItIsTaken() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a")));

            assertThat(texts(spool)).containsExactly("a");
            assertThat(texts(spool)).containsExactly("a");
            spool.take(spool.next(1000));
            assertThat(texts(spool)).isEmpty();
            assertThat(spool.waitingBytes()).isZero();
        }
    }

    @Test
    void goesOnWhereItStoppedAfterARestart() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a")));
            spool.take(spool.next(1000));
            spool.append(List.of(entry("b")));
        }
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("c")));

            assertThat(texts(spool)).containsExactly("b", "c");
        }
    }

    @Test
    void cutsOffWhatACrashLeftHalfWritten() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a")));
        }
        long sound = Files.size(segment());
        Files.write(segment(), new byte[] {0, 0, 0, 50, 1, 2, 3, 4, 9, 9}, StandardOpenOption.APPEND);

        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            assertThat(Files.size(segment())).isEqualTo(sound);
            spool.append(List.of(entry("b")));
            assertThat(texts(spool)).containsExactly("a", "b");
        }
    }

    @Test
    void losesOnlyTheTornFrameWhereverItIsTorn() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("first")));
        }
        long first = Files.size(segment());
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("second")));
        }
        var whole = Files.readAllBytes(segment());
        for (int length = (int) first; length < whole.length; length++) {
            Files.write(segment(), java.util.Arrays.copyOf(whole, length));
            try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
                assertThat(texts(spool)).as("torn at byte %d", length).containsExactly("first");
            }
        }
    }

    @Test
    void doesNotGiveOutDamagedFrames() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a")));
            spool.append(List.of(entry("b")));
        }
        var bytes = Files.readAllBytes(segment());
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment(), bytes);

        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            assertThat(texts(spool)).containsExactly("a");
        }
    }

    @Test
    void givesOutWhatIsBehindADamagedFrame() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a")));
            spool.append(List.of(entry("damaged")));
            spool.append(List.of(entry("b")));
            spool.append(List.of(entry("c"), checkpoint("newest")));
        }
        var bytes = Files.readAllBytes(segment());
        for (int at = bytes.length / 4; at < bytes.length / 2; at++) {
            bytes[at] ^= (byte) 0xff;
        }
        Files.write(segment(), bytes);

        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            assertThat(spool.checkpoint()).isPresent();
            spool.append(List.of(entry("d")));
            assertThat(texts(spool)).startsWith("a").endsWith("c", "d").doesNotContain("damaged");
        }
    }

    @Test
    void dropsWhatTheLedgerWouldNotTakeAnyMoreAndCounts() throws IOException {
        var all = IntStream.range(0, 500).mapToObj(i -> "record " + i).toList();
        try (var spool = Spool.open(folder, 80_000, Duration.ofDays(90))) {
            for (var text : all) {
                spool.append(List.of(entry(text)));
            }
        }
        var oldest = segments().get(0);
        Files.setLastModifiedTime(oldest, FileTime.from(Instant.now().minus(Duration.ofDays(91))));

        try (var spool = Spool.open(folder, 80_000, Duration.ofDays(90))) {
            var left = texts(spool);
            assertThat(left).isNotEmpty().hasSizeLessThan(500).isEqualTo(all.subList(500 - left.size(), 500));
            assertThat(spool.dropped()).isEqualTo(500 - left.size());
        }
        assertThat(oldest).doesNotExist();
    }

    @Test
    void keepsTheNewestCheckpointAndNeverGivesItOut() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            spool.append(List.of(entry("a"), checkpoint("one")));
            spool.append(List.of(entry("b"), checkpoint("two")));
            spool.take(spool.next(1000));
        }
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            assertThat(spool.checkpoint())
                    .hasValueSatisfying(payload ->
                            assertThat(payload).asString(StandardCharsets.UTF_8).isEqualTo("two"));
            assertThat(texts(spool)).isEmpty();
        }
    }

    @Test
    void dropsTheOldestWhenFullAndCounts() throws IOException {
        long most = 20_000;
        var all = IntStream.range(0, 1000).mapToObj(i -> "record " + i).toList();
        try (var spool = Spool.open(folder, most, Spool.FOREVER)) {
            for (var text : all) {
                spool.append(List.of(entry(text)));
            }
            var left = texts(spool);

            assertThat(left).isNotEmpty().isEqualTo(all.subList(all.size() - left.size(), all.size()));
            assertThat(spool.dropped()).isEqualTo(all.size() - left.size());
            assertThat(size()).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void removesSegmentsThatHaveBeenTaken() throws IOException {
        try (var spool = Spool.open(folder, 80_000, Spool.FOREVER)) {
            for (int i = 0; i < 500; i++) {
                spool.append(List.of(entry("record number " + i)));
                spool.take(spool.next(1000));
            }

            assertThat(size()).isLessThan(20_000);
            assertThat(spool.dropped()).isZero();
        }
    }

    @Test
    void handsOutManyRecordsInBatches() throws IOException {
        try (var spool = Spool.open(folder, PLENTY, Spool.FOREVER)) {
            for (int i = 0; i < 300; i++) {
                spool.append(List.of(entry("record " + i)));
            }
            var taken = new ArrayList<String>();
            for (var batch = spool.next(100); !batch.entries().isEmpty(); batch = spool.next(100)) {
                assertThat(batch.entries()).hasSizeLessThan(20);
                batch.entries().forEach(entry -> taken.add(text(entry)));
                spool.take(batch);
            }

            assertThat(taken).hasSize(300).startsWith("record 0").endsWith("record 299");
        }
    }

    private List<String> texts(Spool spool) throws IOException {
        return spool.next(Integer.MAX_VALUE).entries().stream()
                .map(SpoolTest::text)
                .toList();
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private Path segment() {
        return folder.resolve("0000000000000001.spool");
    }

    private long size() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String text(SpoolEntry entry) {
        return new String(entry.payload(), StandardCharsets.UTF_8);
    }

    private static SpoolEntry entry(String text) {
        return new SpoolEntry(Kind.RUN_EVENT, 7, text.getBytes(StandardCharsets.UTF_8));
    }

    private static SpoolEntry checkpoint(String text) {
        return new SpoolEntry(Kind.CHECKPOINT, 0, text.getBytes(StandardCharsets.UTF_8));
    }
}
