package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.testkit.Cases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    private static final List<String> HEADER = List.of("a", "b");

    @TempDir
    private Path folder;

    private Path path;
    private CsvFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("new/rows.csv");
        file = new CsvFile(path, HEADER);
    }

    @Test
    void startsANewFileWithTheHeader() throws IOException {
        file.append(List.of(List.of("1", "2")));
        file.append(List.of(List.of("3", "4"), List.of("5", "6")));

        assertThat(content()).isEqualTo("a,b\r\n1,2\r\n3,4\r\n5,6\r\n");
    }

    @Test
    void quotesWhatNeedsIt() throws IOException {
        file.append(List.of(List.of("x,y", "say \"hi\"\r\nthere")));

        assertThat(content()).isEqualTo("a,b\r\n\"x,y\",\"say \"\"hi\"\"\r\nthere\"\r\n");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var letters =
                "ab,\"\r\n;=é€😀 ".codePoints().mapToObj(Character::toString).toList();
        Cases.check(300, random -> {
            var fields = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> random.ints(random.nextInt(6), 0, letters.size())
                            .mapToObj(letters::get)
                            .reduce("", String::concat))
                    .toList();
            var scanner =
                    new CsvScanner(new ByteArrayInputStream(CsvLine.of(fields).getBytes(StandardCharsets.UTF_8)));
            try {
                assertThat(scanner.next()).isEqualTo(fields);
                assertThat(scanner.terminated()).isTrue();
                assertThat(scanner.next()).isNull();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void refusesAFileWithOtherColumns() throws IOException {
        write("a,c\n1,2\n");

        assertThatThrownBy(() -> file.append(List.of(List.of("3", "4"))))
                .isInstanceOf(OtherColumnsException.class)
                .hasMessage("Cannot append to " + path
                        + ": its first line is not the header that belongs to these rows, column 2 is 'c' and not 'b';"
                        + " move the file away or choose another one");
        assertThat(content()).isEqualTo("a,c\n1,2\n");
    }

    @Test
    void appendsToAFileThatAnEditorSaved() throws IOException {
        write("\uFEFFa,b\n1,2");

        file.append(List.of(List.of("3", "4")));

        assertThat(content()).isEqualTo("\uFEFFa,b\n1,2\r\n3,4\r\n");
    }

    @Test
    void takesAwayTheRowThatAKilledWriterLeft() throws IOException {
        write("a,b\r\n1,2\r\n\"thr\r\nee");

        file.append(List.of(List.of("3", "4")));

        assertThat(content()).isEqualTo("a,b\r\n1,2\r\n3,4\r\n");
    }

    @Test
    void takesAwayARowThatEndsInsideQuotes() throws IOException {
        write("a,b\r\n1,2\r\n3,\"4");

        file.append(List.of(List.of("5", "6")));

        assertThat(content()).isEqualTo("a,b\r\n1,2\r\n5,6\r\n");
    }

    @Test
    void startsAgainAfterAHeaderThatAKilledWriterLeft() throws IOException {
        write("a,");

        file.append(List.of(List.of("3", "4")));

        assertThat(content()).isEqualTo("a,b\r\n3,4\r\n");
    }

    @Test
    void manyWritersLoseNoRow() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            var writers = IntStream.range(0, 40)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        new CsvFile(path, HEADER).append(List.of(List.of("row", Integer.toString(i))));
                        return null;
                    })
                    .toList();
            for (var done : pool.invokeAll(writers)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(Files.readAllLines(path)).hasSize(41).doesNotHaveDuplicates();
    }

    @Test
    void aFullDiskIsAnError() throws IOException {
        var full = Path.of("/dev/full");
        assumeThat(full).as("this system has a device that is always full").exists();

        assertThatThrownBy(() -> new CsvFile(full, HEADER).append(List.of(List.of("1", "2"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/full")
                .hasMessageContaining("nothing was added");
    }

    private String content() throws IOException {
        return Files.readString(path);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
