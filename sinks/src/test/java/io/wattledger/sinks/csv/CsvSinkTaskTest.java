package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.testkit.Cases;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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
    @TempDir
    private Path folder;

    private Path file;
    private final FakeSinkTaskContext context = new FakeSinkTaskContext();
    private long offset;

    @BeforeEach
    void name() {
        file = folder.resolve("csv/runs.csv");
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
    void writesALaterRevisionAsAFurtherRow() throws IOException {
        var task = start();

        task.put(List.of(
                record(Runs.finished("r1", 1).build()),
                record(Runs.finished("r1", 2).build())));
        task.put(List.of(record(Runs.finished("r1", 3).build())));

        assertThat(rows()).containsExactly("r1 1", "r1 2", "r1 3");
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

    /** A writer killed after any byte, and everything delivered again, leave the file that an undisturbed one leaves. */
    @Test
    void killedAfterAnyByteItLeavesTheSameFile() throws IOException {
        var records = new ArrayList<SinkRecord>();
        for (int i = 0; i < 5; i++) {
            records.add(record(Runs.finished("r" + i, 1)
                    .setName("line\r\nbreak, \"" + i + '"')
                    .build()));
        }
        start().put(records);
        var whole = Files.readString(file);

        Cases.check(60, random -> {
            try {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(random.nextLong(channel.size() + 1));
                }
                start().put(records);
                assertThat(Files.readString(file)).isEqualTo(whole);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void triesAgainWhenTheDiskIsFull() throws IOException {
        var full = Path.of("/dev/full");
        assumeThat(full).as("this system has a device that is always full").exists();
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, full);
        var records = List.of(record(Runs.finished("r1", 1).build()));
        var task = start();

        assertThatThrownBy(() -> task.put(records))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(file.toString());
        assertThat(context.timeouts).containsExactly(5000L);

        Files.delete(file);
        task.put(records);
        assertThat(rows()).containsExactly("r1 1");
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
    void refusesToStartWhereItsFolderCannotBe() throws IOException {
        Files.writeString(file.getParent(), "a file, not a folder");

        assertThatThrownBy(this::start)
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Cannot use " + file + " as the file of runs");
    }

    @Test
    void reportsARecordThatCannotBeRead() throws IOException {
        var bad = new SinkRecord("run-emissions", 3, null, "r0", null, "text", 42);
        var task = start();

        task.put(List.of(bad, record(Runs.finished("r1", 1).build())));

        assertThat(context.errant).containsExactly(bad);
        assertThat(rows()).containsExactly("r1 1");
    }

    @Test
    void stopsAtARecordThatCannotBeReadWhereNobodyTakesIt() {
        context.reportsErrantRecords = false;
        var bad = new SinkRecord("run-emissions", 3, null, "r0", null, "text", 42);

        assertThatThrownBy(() -> start().put(List.of(bad)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("run-emissions-3 at offset 42");
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
        return task;
    }

    private SinkRecord record(RunEmissions run) {
        var value = RecordStruct.of(run);
        return new SinkRecord(
                "run-emissions", 0, Schema.STRING_SCHEMA, run.getRun(), value.schema(), value.value(), offset++);
    }

    private static String line(RunEmissions run) {
        return CsvLine.of(RunCsv.row(run));
    }

    /** Run and revision of each row. */
    private List<String> rows() throws IOException {
        var header = RunCsv.header();
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(fields -> fields[header.indexOf("run")] + " " + fields[header.indexOf("revision")])
                .toList();
    }
}
