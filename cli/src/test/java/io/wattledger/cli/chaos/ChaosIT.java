package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code wattledger bench chaos}. */
@EnabledOnOs(OS.LINUX)
class ChaosIT {
    @TempDir
    Path folder;

    @Test
    void theLedgerIsExactAfterEverythingHasFailedOnce() throws IOException {
        var run = CommandRun.of(
                "bench",
                "chaos",
                "--json",
                "--kills=6",
                "--patience=3m",
                "--hosts=2",
                "--seed=20260301",
                "--logs=target/chaos",
                "--work-dir=" + folder);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        var report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("exact").asBoolean()).isTrue();
        assertThat(report.get("auditDifferences").asLong()).isZero();
        for (var process : new String[] {"broker", "registry", "connect", "streams", "collector"}) {
            assertThat(report.get("kills").get(process).asInt()).as(process).isPositive();
        }
        for (var host : report.get("hosts")) {
            assertThat(host.get("differenceMillijoules").asLong()).isBetween(-2L, 2L);
            assertThat(host.get("samplesOnDisk").asLong()).isPositive();
        }
        assertThat(report.get("runs").get("finished").asLong()).isPositive();
        for (var check : report.get("checks")) {
            assertThat(check.get("compared").asLong())
                    .as(check.get("name").asText())
                    .isPositive();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
