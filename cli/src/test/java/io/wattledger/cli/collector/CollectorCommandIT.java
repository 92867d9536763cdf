package io.wattledger.cli.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import java.nio.file.Path;
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

    private CommandProcess start() {
        return CommandProcess.start(data, "collector", "--zone", "FR");
    }
}
