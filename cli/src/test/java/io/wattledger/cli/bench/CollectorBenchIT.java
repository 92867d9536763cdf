package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command for a few seconds. What is measured depends on the machine; that it is measured does not. */
@EnabledOnOs(OS.LINUX)
class CollectorBenchIT {
    @TempDir
    Path folder;

    @Test
    void weighsTheCollectorBesideABareProducerAndLeavesNothingBehind() throws Exception {
        var run = CommandRun.of(
                "bench", "collector", "--json", "--warm-up=1s", "--time=3s", "--publish=1s", "--work-dir=" + folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        var phases = new ObjectMapper().readTree(run.out()).get("phases");
        assertThat(phases).hasSize(1);
        var phase = phases.get(0);
        assertThat(phase.get("publishSeconds").asDouble()).isEqualTo(1);
        assertThat(phase.get("samples").asLong()).isGreaterThanOrEqualTo(3);
        // Two sockets with their memory at least; GPUs where the collector reads them.
        assertThat(phase.get("readingsPerSample").asInt()).isGreaterThanOrEqualTo(2 * HostTree.SOCKETS);
        assertThat(phase.get("bytesPerSample").asDouble()).isPositive();
        assertThat(phase.get("firstSampleMillis").asLong())
                .isGreaterThan(phase.get("measuringFromMillis").asLong());
        for (var process : new String[] {"collector", "bareProducer"}) {
            var weight = phase.get(process);
            assertThat(weight.get("seconds").asDouble()).as(process).isGreaterThanOrEqualTo(3);
            assertThat(weight.get("cpuMillisPerSecond").asDouble()).as(process).isPositive();
            assertThat(weight.get("residentBytes").asLong()).as(process).isGreaterThan(1 << 20);
            assertThat(weight.get("openFiles").asInt()).as(process).isPositive();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
