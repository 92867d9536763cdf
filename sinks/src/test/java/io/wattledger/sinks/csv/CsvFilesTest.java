package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.FakeContext;
import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.Runs;
import io.wattledger.sinks.task.TargetRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files there are, what is in them, and what becomes of those that people have changed. */
class CsvFilesTest {
    private static final String HEADER = CsvLine.of(RunCsv.header());

    @TempDir
    private Path folder;

    private final Worker.Broker broker = new Worker.Broker();
    private Instant now = Instant.parse("2026-03-01T23:59:00Z");

    @Test
    void aDayHasAFileOfItsOwn() throws IOException {
        var settings = Map.of("csv.rotate.daily", "true");
        write(settings, run("r1"));
        now = Instant.parse("2026-03-02T00:00:00Z");
        write(settings, run("r2"));
        now = Instant.parse("2026-03-04T00:00:00Z");
        write(settings, run("r3"), Runs.finished("r1", 2).build());

        assertThat(names())
                .containsExactly(
                        "runs-2026-03-01.csv",
                        "runs-2026-03-02.csv",
                        "runs-2026-03-04.csv",
                        "runs-changes-2026-03-04.csv");
        assertThat(content("runs-2026-03-02.csv")).isEqualTo(HEADER + line(run("r2")));
    }

    @Test
    void aFileThatIsFullIsFollowedByAnother() throws IOException {
        var settings = Map.of("csv.rotate.bytes", "900");
        for (int i = 0; i < 4; i++) {
            write(settings, run("r" + i));
        }

        assertThat(names()).containsExactly("runs-0001.csv", "runs-0002.csv");
        assertThat(content("runs-0001.csv")).isEqualTo(HEADER + line(run("r0")) + line(run("r1")));
        assertThat(content("runs-0002.csv")).isEqualTo(HEADER + line(run("r2")) + line(run("r3")));
    }

    @Test
    void numbersBeginAnewEachDay() throws IOException {
        var settings = Map.of("csv.rotate.bytes", "1", "csv.rotate.daily", "true");
        write(settings, run("r1"));
        write(settings, run("r2"));
        now = Instant.parse("2026-03-02T00:00:00Z");
        write(settings, run("r3"));

        assertThat(names())
                .containsExactly("runs-2026-03-01-0001.csv", "runs-2026-03-01-0002.csv", "runs-2026-03-02-0001.csv");
    }

    @Test
    void whatEndsInGzIsCompressedAndHasOneHeader() throws IOException {
        write("runs.csv.gz", Map.of(), run("r1"));
        write("runs.csv.gz", Map.of(), run("r2"));

        try (var text = new GZIPInputStream(Files.newInputStream(folder.resolve("runs.csv.gz")))) {
            assertThat(new String(text.readAllBytes())).isEqualTo(HEADER + line(run("r1")) + line(run("r2")));
        }
    }

    @Test
    void formulasAreMadeHarmlessAndNumbersAreNot() throws IOException {
        var run = Runs.finished("r1", 1)
                .setName("=HYPERLINK(\"http://x\")")
                .setUser("@SUM(1)")
                .setProject("-1+2")
                .setExitCode(-1)
                .build();
        write(Map.of("csv.formula.safe", "true"), run);

        assertThat(content("runs.csv"))
                .contains("\r\nr1,'-1+2,\"'=HYPERLINK(\"\"http://x\"\")\",'@SUM(1),")
                .contains(",-1,2026");
    }

    @Test
    void theLedgerHasRowsThatHaveClosedFromEitherTopic() throws IOException {
        var closed = Ledgers.row("r1", 1).build();
        var corrected = Ledgers.corrected(Ledgers.row("r1", 2).build());
        write(Map.of("csv.content", "ledger"), Ledgers.row("r1", 0).build(), closed, corrected);

        var key = new LedgerRecord.RowName("FR", 1200);
        assertThat(content("runs.csv"))
                .isEqualTo(CsvLine.of(LedgerCsv.header())
                        + CsvLine.of(LedgerCsv.row(key, closed))
                        + CsvLine.of(LedgerCsv.row(key, corrected.getRow())));
    }

    @Test
    void changesHaveEachRevision() throws IOException {
        var corrected = Ledgers.corrected(Ledgers.row("r1", 2).build());
        write(Map.of("csv.content", "changes"), corrected);

        assertThat(content("runs.csv"))
                .isEqualTo(CsvLine.of(ChangeCsv.header())
                        + CsvLine.of(ChangeCsv.row(new LedgerRecord.RowName("FR", 1200), corrected)));
    }

    @Test
    void codeCarbonsColumnsAreForRunsAndOursForTheirChanges() throws IOException {
        write(
                Map.of("csv.format", "codecarbon"),
                run("r1"),
                Runs.finished("r1", 2).build());

        assertThat(content("runs.csv"))
                .startsWith("timestamp,project_name,run_id,")
                .contains(",r1,");
        assertThat(content("runs-changes.csv")).startsWith(HEADER);
    }

    @Test
    void aFileThatWasMovedAwayIsBegunAnewAndItsRunsAreStillKnown() throws IOException {
        write(Map.of(), run("r1"));
        Files.move(folder.resolve("runs.csv"), folder.resolve("archived"));
        write(Map.of(), Runs.finished("r1", 2).build(), run("r2"));

        assertThat(content("runs.csv")).isEqualTo(HEADER + line(run("r2")));
        assertThat(content("runs-changes.csv"))
                .isEqualTo(HEADER + line(Runs.finished("r1", 2).build()));
    }

    @Test
    void aFileThatIsMovedAwayWhileItIsWrittenIsBegunAnew() throws IOException {
        broker.send("t", 0, run("r1"));
        var worker = worker("runs.csv", Map.of());
        while (!Files.exists(folder.resolve("runs.csv"))) {
            worker.step();
        }
        Files.move(folder.resolve("runs.csv"), folder.resolve("archived"));
        broker.send("t", 0, run("r2"));
        worker.runToTheEnd();

        assertThat(content("runs.csv")).isEqualTo(HEADER + line(run("r2")));
        assertThat(content("archived")).isEqualTo(HEADER + line(run("r1")));
    }

    @Test
    void whatAnEditorHasSavedStaysAndRowsGoOnBehindIt() throws IOException {
        write(Map.of(), run("r1"));
        var edited = content("runs.csv")
                .replace("\r\n", "\n")
                .replace("default", "mine")
                .stripTrailing();
        Files.writeString(folder.resolve("runs.csv"), edited);
        write(Map.of(), run("r2"));

        assertThat(content("runs.csv")).isEqualTo(edited + "\r\n" + line(run("r2")));
    }

    @Test
    void linesThatWereAddedWhileItStoodStillStay() throws IOException {
        write(Map.of(), run("r1"));
        Files.writeString(folder.resolve("runs.csv"), content("runs.csv") + line(run("mine")));
        write(Map.of(), run("r2"));

        assertThat(content("runs.csv")).isEqualTo(HEADER + line(run("r1")) + line(run("mine")) + line(run("r2")));
    }

    @Test
    void anotherFileInItsPlaceIsLeftAlone() throws IOException {
        write(Map.of(), run("r1"));
        Files.writeString(folder.resolve("runs.csv"), "date,amount\n2026-03-01,12\n");

        assertThatThrownBy(() -> write(Map.of(), run("r2")))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("column 1 is 'date' and not 'run'");
        assertThat(content("runs.csv")).isEqualTo("date,amount\n2026-03-01,12\n");
    }

    @Test
    void aBookmarkThatCannotBeReadIsNotGuessedAt() throws IOException {
        write(Map.of(), run("r1"));
        Files.writeString(folder.resolve(".runs.csv.bookmark"), "{\"format\": 7, \"epoch\": 3}");

        assertThatThrownBy(() -> write(Map.of(), run("r2")))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining(".runs.csv.bookmark")
                .hasMessageContaining(
                        "restore it, or delete it and restart the task to go on from the offsets that Connect has committed");
    }

    /** As when a network share is not mounted any more: the next rows would be in the folder below. */
    @Test
    void aBookmarkThatIsGoneWhileItWritesStopsTheTask() throws IOException {
        broker.send("t", 0, run("r1"));
        var worker = worker("runs.csv", Map.of());
        while (!Files.exists(folder.resolve("runs.csv"))) {
            worker.step();
        }
        Files.delete(folder.resolve(".runs.csv.bookmark"));
        broker.send("t", 0, run("r2"));

        assertThatThrownBy(worker::runToTheEnd)
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining(".runs.csv.bookmark")
                .hasMessageContaining("it is gone; is its storage mounted?");
        assertThat(content("runs.csv")).isEqualTo(HEADER + line(run("r1")));
    }

    @Test
    void aFileThatIsNoGzipIsRefusedByItsName() throws IOException {
        Files.writeString(folder.resolve("runs.csv.gz"), HEADER);

        var task = new CsvSinkTask();
        var context = new FakeContext();
        task.initialize(context);
        task.start(Map.of("csv.file", folder.resolve("runs.csv.gz").toString()));
        task.open(List.of(new TopicPartition("t", 0)));

        assertThatThrownBy(() -> task.put(List.of()))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("runs.csv.gz (Not in GZIP format)");
    }

    @Test
    void withoutABookmarkItGoesOnFromConnectsOffsets() throws IOException {
        write(Map.of(), run("r1"));
        Files.delete(folder.resolve(".runs.csv.bookmark"));
        write(Map.of(), run("r2"));

        assertThat(content("runs.csv")).isEqualTo(HEADER + line(run("r1")) + line(run("r2")));
    }

    private void write(Map<String, String> settings, SpecificRecord... records) {
        write("runs.csv", settings, records);
    }

    /** Writes records as a worker that is started for them and then stopped. */
    private void write(String file, Map<String, String> settings, SpecificRecord... records) {
        List.of(records).forEach(record -> broker.send("t", 0, record));
        worker(file, settings).runToTheEnd();
    }

    private Worker worker(String file, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("csv.file", folder.resolve(file).toString());
        return new Worker(broker, all, FaultyDisk.good(), () -> now, new Random(1));
    }

    private static RunEmissions run(String name) {
        return Runs.finished(name, 1).build();
    }

    private static String line(RunEmissions run) {
        return CsvLine.of(RunCsv.row(run));
    }

    private String content(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** Those that people look at. */
    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
