package io.wattledger.cli.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class CollectorCommandIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void samplesWithoutAStackLeavesNoRoomForASecondAndOutlivesDown() {
        try (var collector = start().awaitOut("collector ready")) {
            try (var second = start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.err().lines())
                        .filteredOn(line -> line.startsWith("wattledger: "))
                        .singleElement()
                        .asString()
                        .contains(data.toString());
            }
            var down = CommandRun.of("down", "--data-dir", data.toString());
            assertThat(down.out()).contains("The collector stays").contains("No stack is up");
            assertThat(collector.process().isAlive()).isTrue();

            collector.process().destroy();
            collector.awaitExit();
            assertThat(data.resolve("collector/spool")).isNotEmptyDirectory();
        }
    }

    @Test
    void wrongSettingsAreOneLineAndExitCode2() {
        try (var collector = CommandProcess.start(data, "collector", "--pue", "0.5")) {
            assertThat(collector.awaitExit()).isEqualTo(2);
            assertThat(collector.err().lines())
                    .filteredOn(line -> line.startsWith("wattledger: "))
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("pue");
        }
    }

    @Test
    void variablesCountForWhatAFileOfSettingsDoesNotName() throws IOException {
        var variables = Map.of(
                "WATTLEDGER_BOOTSTRAP_SERVERS", "variable:9092",
                "WATTLEDGER_SCHEMA_REGISTRY", "http://variable:8081",
                "WATTLEDGER_ZONE", "DE");
        assertThat(settings("pue=1.5\n", variables))
                .containsEntry("data.dir", data.toString())
                .containsEntry("bootstrap.servers", "variable:9092")
                .containsEntry("schema.registry.url", "http://variable:8081")
                .containsEntry("zone", "DE")
                .containsEntry("pue", "1.5");
        var file = "data.dir=/file\nbootstrap.servers=file:9092\nschema.registry.url=http://file:8081\nzone=FR\n";
        // Half of what it does not need does not matter either.
        assertThat(settings(file, Map.of("WATTLEDGER_BOOTSTRAP_SERVERS", "variable:9092")))
                .containsEntry("data.dir", "/file")
                .containsEntry("bootstrap.servers", "file:9092")
                .containsEntry("schema.registry.url", "http://file:8081")
                .containsEntry("zone", "FR");
    }

    @Test
    void aVariableThatAFileOfSettingsRefersToMustBeThere() throws IOException {
        var file = Files.writeString(
                data.resolve("collector.properties"),
                "zone=FR\nbootstrap.servers=${env:NOBODY_SETS_THIS}\nschema.registry.url=http://registry:8081\n");
        try (var collector = CommandProcess.start(data, "collector", "--config", file.toString())) {
            assertThat(collector.awaitExit()).isEqualTo(2);
            assertThat(collector.err().lines())
                    .singleElement()
                    .asString()
                    .contains("NOBODY_SETS_THIS", "bootstrap.servers");
        }
    }

    /** What the collector would start with. */
    private Properties settings(String file, Map<String, String> variables) throws IOException {
        var config = Files.writeString(data.resolve("collector.properties"), file);
        var written = data.resolve("written.properties");
        try (var collector = CommandProcess.start(
                data, variables, "collector", "--config=" + config, "--write-settings=" + written)) {
            assertThat(collector.awaitExit()).as(collector.err()).isZero();
        }
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(written)) {
            settings.load(reader);
        }
        return settings;
    }

    private CommandProcess start() {
        return CommandProcess.start(data, "collector", "--zone", "FR");
    }
}
