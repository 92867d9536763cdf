package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.task.FakeContext;
import io.wattledger.sinks.task.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTaskTest {
    private static final TopicPartition PARTITION = new TopicPartition("run-emissions", 0);

    @TempDir
    private Path folder;

    private Path file;
    private Path changes;
    private final FakeContext context = new FakeContext();
    private long offset;

    @BeforeEach
    void name() {
        file = folder.resolve("csv/runs.csv");
        changes = folder.resolve("csv/runs-changes.csv");
    }

    @Test
    void writesARowWhenARunHasEnded() throws IOException {
        var task = start();

        task.put(List.of(
                record(Runs.finished("r1", 0).setStatus(RunStatus.RUNNING).build()),
                record(Runs.finished("r1", 0).setStatus(RunStatus.ENDED).build()),
                record(Runs.finished("r2", 0).setStatus(RunStatus.LOST).build())));
        task.put(List.of(record(Runs.finished("r1", 1).build())));

        assertThat(Files.readString(file))
                .isEqualTo(CsvLine.of(RunCsv.header())
                        + line(Runs.finished("r2", 0).setStatus(RunStatus.LOST).build())
                        + line(Runs.finished("r1", 1).build()));
    }

    @Test
    void writesLaterRevisionsToTheFileOfChanges() throws IOException {
        var task = start();

        task.put(List.of(
                record(Runs.finished("r1", 1).build()),
                record(Runs.finished("r1", 2).build())));
        task.put(List.of(record(Runs.finished("r1", 3).build())));

        assertThat(rows()).containsExactly("r1 1");
        assertThat(rows(changes)).containsExactly("r1 2", "r1 3");
    }

    /** A topic of totals is compacted: an earlier revision may be gone before the sink reads it. */
    @Test
    void aRunThatIsFirstSeenWithALaterRevisionIsARun() throws IOException {
        start().put(List.of(record(Runs.finished("r1", 4).build())));

        assertThat(rows()).containsExactly("r1 4");
        assertThat(changes).doesNotExist();
    }

    /** What the sink wrote before it kept offsets: also rows of later revisions. */
    @Test
    void goesOnWithAFileThatHasNoBookmark() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                CsvLine.of(RunCsv.header())
                        + line(Runs.finished("r1", 1).build())
                        + line(Runs.finished("r1", 2).build())
                        + line(Runs.finished("r2", 1).build())
                        + "r3,torn");

        start().put(List.of(
                record(Runs.finished("r1", 2).build()),
                record(Runs.finished("r2", 2).build()),
                record(Runs.finished("r3", 1).build())));

        assertThat(rows()).containsExactly("r1 1", "r1 2", "r2 1", "r3 1");
        assertThat(rows(changes)).containsExactly("r2 2");
    }

    @Test
    void skipsWhatWasDeletedFromTheTopic() {
        start().put(List.of(new SinkRecord("run-emissions", 0, Schema.STRING_SCHEMA, "r1", null, null, 7)));

        assertThat(file).doesNotExist();
    }

    @Test
    void writesNoRowTwiceWhenRecordsAreDeliveredAgain() throws IOException {
        var records = List.of(
                record(Runs.finished("r1", 1).build()),
                record(Runs.finished("r2", 1).build()));
        var task = start();
        task.put(records);

        task.put(records);
        task.stop();
        start().put(records);

        assertThat(rows()).containsExactly("r1 1", "r2 1");
    }

    @Test
    void triesAgainWhenTheDiskIsFull() throws IOException {
        var full = Path.of("/dev/full");
        assumeThat(full).as("this system has a device that is always full").exists();
        var records = List.of(record(Runs.finished("r1", 1).build()));
        var task = start();
        Files.createSymbolicLink(file, full);

        assertThatThrownBy(() -> task.put(records))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("No space left on device");
        assertThat(context.timeouts).hasSize(1);

        Files.delete(file);
        task.put(records);
        assertThat(rows()).containsExactly("r1 1");
    }

    @Test
    void commitsOnlyWhatIsGood() throws IOException {
        var task = start();
        task.put(List.of(record(Runs.finished("r1", 1).build())));

        assertThat(task.preCommit(given(5))).isEqualTo(given(5));

        // Where the next bookmark is to be written, there is a folder.
        offset = 5;
        var fresh = Files.createDirectory(folder.resolve("csv/.runs.csv.bookmark.new"));
        task.put(List.of(record(Runs.finished("r2", 1).build())));
        assertThat(task.preCommit(given(7))).isEqualTo(given(5));

        Files.delete(fresh);
        assertThat(task.preCommit(given(7))).isEqualTo(given(7));
        assertThat(rows()).containsExactly("r1 1", "r2 1");
    }

    @Test
    void readsTheTopicFromWhereTheFileEnds() throws IOException {
        var task = start();
        task.put(List.of(record(Runs.finished("r1", 1).build())));
        task.preCommit(given(42));
        task.put(List.of(record(Runs.finished("r2", 1).build())));

        start();

        assertThat(context.rewound).isEqualTo(Map.of(PARTITION, 42L));
        assertThat(rows()).containsExactly("r1 1");
    }

    /** A task that does not know that it has lost its partitions. */
    @Test
    void aTaskThatHasLostTheFileWritesNothingMore() throws IOException {
        var old = start();
        old.put(List.of(record(Runs.finished("r1", 1).build())));
        old.preCommit(given(1));

        var fresh = start();
        var records = List.of(record(Runs.finished("r2", 1).build()));

        assertThatThrownBy(() -> old.put(records))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(file + " was taken over by");
        assertThat(old.preCommit(given(2))).isEqualTo(given(1));
        old.close(List.of(PARTITION));
        old.stop();
        fresh.put(records);
        fresh.preCommit(given(2));
        assertThat(rows()).containsExactly("r1 1", "r2 1");
    }

    @Test
    void refusesToStartOnAnotherFile() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "date,amount\n2026-03-01,12\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("column 1 is 'date' and not 'run'");
    }

    @Test
    void waitsUntilItsFolderCanBe() throws IOException {
        Files.writeString(file.getParent(), "a file, not a folder");

        var task = start();
        assertThatThrownBy(() -> task.put(List.of()))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(file.getParent() + " is no folder");

        Files.delete(file.getParent());
        task.put(List.of(record(Runs.finished("r1", 1).build()))); // which comes again
        assertThat(context.rewound).isEqualTo(Map.of(PARTITION, 0L));
        offset = 0;
        task.put(List.of(record(Runs.finished("r1", 1).build())));
        assertThat(rows()).containsExactly("r1 1");
    }

    @Test
    void reportsARecordThatCannotBeRead() throws IOException {
        var bad = new SinkRecord("run-emissions", 0, null, "r0", null, "text", 42);
        var task = start();

        task.put(List.of(bad, record(Runs.finished("r1", 1).build())));

        assertThat(context.deadLetters).containsExactly(bad);
        assertThat(rows()).containsExactly("r1 1");
    }

    @Test
    void stopsAtARecordThatCannotBeReadWhereNobodyTakesIt() {
        context.hasDeadLetters = false;
        var bad = new SinkRecord("run-emissions", 0, null, "r0", null, "text", 42);

        assertThatThrownBy(() -> start().put(List.of(bad)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("run-emissions-0 at offset 42");
    }

    @Test
    void namesAllSettingsThatAreWrong() {
        assertThatThrownBy(() -> new CsvSinkConnector().start(Map.of("csv.flie", "x", "csv.file", " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Unknown setting csv.flie")
                .hasMessageContaining("csv.file: must be the path of a file");
        assertThatThrownBy(() -> new CsvSinkConnector().start(Map.of())).hasMessageContaining("csv.file");
        assertThatThrownBy(() -> new CsvSinkConnector().start(Map.of("csv.file", folder.toString())))
                .hasMessageContaining("is a folder");
    }

    @Test
    void namesWhatOnlyAllSettingsTogetherShow() {
        assertThatThrownBy(() -> new CsvSinkConnector()
                        .start(Map.of(
                                "csv.file", "/x/runs-{partition}.csv",
                                "csv.content", "ledger",
                                "csv.format", "codecarbon")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("csv.file is /x/runs-{partition}.csv: it must have both {topic} and {partition}")
                .hasMessageContaining("csv.format is codecarbon, which has columns for runs alone");
    }

    @Test
    void severalTasksShareThePartitionsWhereEachHasAFile() {
        var connector = new CsvSinkConnector();
        connector.start(Map.of("csv.file", "/x/runs-{topic}-{partition}.csv"));

        assertThat(connector.taskConfigs(8)).hasSize(8);
    }

    @Test
    void connectorIsFoundAndHasOneTask() {
        var connector = ServiceLoader.load(SinkConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(CsvSinkConnector.class::isInstance)
                .findFirst()
                .orElseThrow();

        connector.start(Map.of("csv.file", file.toString()));

        assertThat(connector.taskConfigs(8)).containsExactly(Map.of("csv.file", file.toString()));
        assertThat(connector.taskClass()).isEqualTo(CsvSinkTask.class);
        assertThat(connector.version()).matches("\\d+\\.\\d+.*");
    }

    private CsvSinkTask start() {
        var task = new CsvSinkTask();
        task.initialize(context);
        task.start(Map.of("csv.file", file.toString(), "name", "csv"));
        task.open(List.of(PARTITION));
        return task;
    }

    private SinkRecord record(RunEmissions run) {
        var value = RecordStruct.of(run);
        return new SinkRecord(
                "run-emissions", 0, Schema.STRING_SCHEMA, run.getRun(), value.schema(), value.value(), offset++);
    }

    private static Map<TopicPartition, OffsetAndMetadata> given(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    private static String line(RunEmissions run) {
        return CsvLine.of(RunCsv.row(run));
    }

    /** Run and revision of each row. */
    private List<String> rows() throws IOException {
        return rows(file);
    }

    private static List<String> rows(Path file) throws IOException {
        var header = RunCsv.header();
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(fields -> fields[header.indexOf("run")] + " " + fields[header.indexOf("revision")])
                .toList();
    }
}
