package io.wattledger.sinks.logging.jsonlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.logging.Records;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("logs/runs.jsonl");
    }

    @Test
    void appendsAnObjectPerLine() throws Exception {
        var file = LineFile.open(path);
        file.send(List.of(line("r1"), line("r2")));
        file.send(List.of(line("r3")));

        assertThat(runs(path)).containsExactly("r1", "r2", "r3");
        var first = new ObjectMapper().readTree(Files.readAllLines(path).get(0));
        assertThat(first.fieldNames())
                .toIterable()
                .startsWith("timestamp", "severity", "event", "message", "key", "revision");
        assertThat(first.path("kafka_offset").isIntegralNumber()).isTrue();
    }

    @Test
    void writesToANewFileWhenTheOldOneWasMovedAway() throws Exception {
        var file = LineFile.open(path);
        file.send(List.of(line("r1")));
        Files.move(path, folder.resolve("runs.jsonl.1"));
        file.send(List.of(line("r2")));

        assertThat(runs(folder.resolve("runs.jsonl.1"))).containsExactly("r1");
        assertThat(runs(path)).containsExactly("r2");
    }

    @Test
    void takesAwayALineThatAKilledWorkerHasLeftUnfinished() throws Exception {
        LineFile.open(path).send(List.of(line("r1"), line("r2")));
        var text = Files.readString(path);
        Files.writeString(path, text.substring(0, text.length() - 30));

        LineFile.open(path).send(List.of(line("r2"), line("r3")));

        assertThat(runs(path)).containsExactly("r1", "r2", "r3");
    }

    @Test
    void takesAwayAnUnfinishedLineThatIsAllThereIs() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{\"timest");

        LineFile.open(path).send(List.of(line("r1")));

        assertThat(runs(path)).containsExactly("r1");
    }

    @Test
    void leavesAnotherFileAlone() throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "letters\nof mine");

        assertThatThrownBy(() -> LineFile.open(path))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining(path + " does not end with a line of JSON");
        assertThat(Files.readString(path)).isEqualTo("letters\nof mine");
    }

    @Test
    void saysAtTheStartThatThereCanBeNoFile() throws Exception {
        Files.writeString(path.getParent(), "a file, not a folder");

        assertThatThrownBy(() -> LineFile.open(path))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Cannot use " + path + " as the file of JSON lines");
    }

    @Test
    void triesAgainWhileAnotherWrites() throws Exception {
        var file = LineFile.open(path);
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> file.send(List.of(line("r1"))))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageContaining("another task is writing to it");
        }
        file.send(List.of(line("r1")));

        assertThat(runs(path)).containsExactly("r1");
    }

    @Test
    void aFullDiskIsNoSuccess() throws Exception {
        var full = Path.of("/dev/full");
        Assumptions.assumeThat(full).as("a device that is always full").exists();
        var file = LineFile.open(path);
        Files.delete(path);
        Files.createSymbolicLink(path, full);

        assertThatThrownBy(() -> file.send(List.of(line("r1"))))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("No space left on device");
        Files.delete(path);
    }

    private static LogLine line(String run) {
        return Records.line(Records.run(run, 1).build(), 1);
    }

    private static List<String> runs(Path file) throws IOException {
        var runs = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            runs.add(new ObjectMapper().readTree(line).path("run").asText());
        }
        return runs;
    }
}
