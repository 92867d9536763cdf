package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command with little to measure. */
@EnabledOnOs(OS.LINUX)
class LedgerBenchIT {
    /** What is measured here is not speed, and compiling more takes longer than it saves. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path folder;

    @Test
    void measuresThroughputRestatementAndLatencyAndLeavesNothingBehind() throws Exception {
        var run = CommandRun.of(
                "bench",
                "ledger",
                "--json",
                "--work-dir=" + folder,
                "--samples=4000",
                "--hosts=20",
                "--samples-per-record=3",
                "--rows=400",
                "--revisions=1",
                "--live-hosts=20",
                "--live-time=2s",
                "--warm-up=1s",
                "--patience=20s",
                "--java-option=" + SHORT_LIVED,
                "--only=throughput,restate,latency");
        assertThat(run.exitCode()).as(run.err()).isZero();

        var measured = new ObjectMapper().readTree(run.out());
        var throughput = measured.at("/throughput/0");
        for (var what : List.of("bare", "ledger", "textbook")) {
            var cost = throughput.get(what);
            assertThat(cost.get("samples").asLong()).as(what).isEqualTo(4000);
            assertThat(cost.get("readings").asLong()).as(what).isEqualTo(24_000);
            assertThat(cost.get("samplesPerSecond").asDouble()).as(what).isPositive();
            assertThat(cost.get("cpuSeconds").asDouble()).as(what).isPositive();
            assertThat(cost.get("peakMemoryBytes").asLong()).as(what).isGreaterThan(1 << 20);
        }
        assertThat(throughput.at("/ledger/energyShare").asDouble()).isEqualTo(1);
        assertThat(throughput.at("/ledger/bytesByTopic/emissions-ledger").asLong())
                .isPositive();
        assertThat(throughput.at("/ledger/rows").asLong()).isPositive();
        assertThat(throughput.at("/ledger/stateBytes").asLong()).isPositive();
        assertThat(measured.at("/restatement/rows").asInt()).isEqualTo(400);
        assertThat(measured.at("/restatement/seconds/0").asDouble()).isPositive();
        assertThat(measured.at("/latency/measurements").asInt()).isEqualTo(20 * 2 * 2);
        assertThat(measured.at("/latency/p99Millis").asDouble())
                .isGreaterThanOrEqualTo(measured.at("/latency/p50Millis").asDouble());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aTotalThatIsNotExactlyRightIsAFailure() {
        var settings = new BenchSettings(
                folder, 1, 1, Duration.ofSeconds(8), Map.of(), List.of(SHORT_LIVED), null, line -> {});
        var workload = Workload.backlog(200, 4, 1, 1, 1, Instant.now());
        assertThatThrownBy(() -> new Throughput(settings, workload).measure(LedgerBenchIT::aMicrogramMore))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("totals of the ledger are wrong")
                .hasMessageContaining("1 of 4 runs");
        assertThat(folder).isEmptyDirectory();
    }

    private static Expectation aMicrogramMore(Expectation right) {
        var runs = new HashMap<>(right.runs());
        var run = runs.keySet().stream().sorted().findFirst().orElseThrow();
        runs.computeIfPresent(
                run, (name, figures) -> new RunFigures(figures.millijoules(), figures.micrograms() + 1, true));
        return new Expectation(runs, false);
    }

    @Test
    void endsItsProcessesAndDeletesItsFolderWhenItIsInterrupted() throws Exception {
        try (var bench = CommandProcess.start(
                folder.resolve("data"), "bench", "ledger", "--samples=1000000000", "--work-dir=" + folder)) {
            bench.awaitErr("loading");
            var children = bench.process().descendants().toList();
            assertThat(children).isNotEmpty();
            bench.process().destroy();
            assertThat(bench.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
