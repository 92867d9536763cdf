package io.wattledger.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.LedgerEnvironment;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wattledger run} as a user has it: real processes, a stack that comes up by itself or a cluster, real figures. */
@EnabledOnOs(OS.LINUX)
class RunIT {
    /** Of signal 2 in masks of signals, proc(5). */
    private static final long SIGINT_BIT = 1L << 1;

    private static final String BUSY = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;

    private static LedgerEnvironment ledger;

    @BeforeAll
    static void firstRunStartsTheStack() {
        ledger = LedgerEnvironment.in(data);
        var first = run("--zone", "FR", "--", "true");
        assertThat(first.awaitExit()).as(first.err()).isZero();
        assertThat(get("/health", "application/json")).isNotEmpty();
    }

    @AfterAll
    static void down() {
        if (ledger != null) {
            ledger.close();
        }
    }

    @Test
    void printsTheFiguresOfTheLedgerAsJson() throws IOException {
        var csv = data.resolve("own.csv");
        var run = run(
                "--json",
                "--zone",
                "France",
                "--project",
                "demo",
                "--name",
                "a name",
                "--label",
                "k=v",
                "--output",
                csv.toString(),
                "--",
                "sh",
                "-c",
                "echo hello; " + BUSY);
        assertThat(run.awaitExit()).as(run.err()).isZero();
        var json = new ObjectMapper().readTree(run.out());
        assertThat(run.err()).contains("hello");
        assertThat(json.get("project").asText()).isEqualTo("demo");
        assertThat(json.get("zone").asText()).isEqualTo("FR");
        assertThat(json.get("exit_code").asInt()).isZero();
        assertThat(json.get("labels").get("k").asText()).isEqualTo("v");
        assertThat(json.get("energy_kwh").decimalValue()).isPositive();
        assertThat(json.get("emissions_g").decimalValue()).isPositive();
        assertThat(json.get("cpu_time_s").decimalValue()).isPositive();
        assertThat(json.get("intensity_source").asText()).contains("France");
        assertThat(json.get("band_percent").decimalValue()).isPositive();
        assertSameAsLedger(json);
        assertThat(Files.readAllLines(csv))
                .hasSize(2)
                .last()
                .asString()
                .contains(json.get("run").asText());
        awaitCsvRow(json.get("run").asText());
        assertThat(get("/runs/" + json.get("run").asText(), "application/json")).contains("\"demo\"");
        assertThat(get("/runs/" + json.get("run").asText(), "text/html")).contains("a name", "France");
    }

    private static void assertSameAsLedger(JsonNode json) {
        var total = reader().runs().get(json.get("run").asText());
        var rows = reader().ledger().values().stream()
                .filter(row -> row.getRun().equals(json.get("run").asText()))
                .toList();
        assertThat(total.getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(rows.stream().mapToLong(row -> row.getEnergyMillijoules()).sum())
                .isEqualTo(total.getEnergyMillijoules())
                .isEqualTo(json.get("energy_kwh")
                        .decimalValue()
                        .multiply(new BigDecimal("3600000000"))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact());
        assertThat(rows.stream().mapToLong(row -> row.getEmissionsMicrograms()).sum())
                .isEqualTo(total.getEmissionsMicrograms())
                .isEqualTo(
                        json.get("emissions_g").decimalValue().movePointRight(6).longValueExact());
    }

    private static void awaitCsvRow(String run) {
        var csv = DataDirectory.at(data).csv();
        Patience.until(() -> {
            try {
                return Files.exists(csv) && Files.readString(csv).contains(run);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void passesStreamsAndExitCodeThrough() {
        var run = run("--zone", "FR", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(run.awaitExit()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n", "exit 7", "g/kWh");
        assertThat(run.err().contains("/runs/")).isEqualTo(ledger.isEmbedded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void passesSignalsOnAndAccountsTheRun(String signal) throws Exception {
        assumeTrue(
                !signal.equals("INT") || !isInterruptIgnored(),
                "This process was started with SIGINT ignored, as jobs in the background of scripts are, and so are its"
                        + " children");
        var command = "trap 'exit 9' " + signal + "; echo ready >&2; while :; do sleep 0.1; done";
        try (var run = run("--zone", "FR", "--json", "--", "sh", "-c", command)) {
            Patience.until(() -> run.err().contains("ready"));
            new ProcessBuilder("kill", "-" + signal, Long.toString(run.process().pid()))
                    .start()
                    .waitFor();
            assertThat(run.awaitExit()).as(run.err()).isEqualTo(9);
            assertThat(run.out()).contains("\"exit_code\" : 9");
        }
    }

    private static boolean isInterruptIgnored() throws IOException {
        var mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16))
                .findFirst()
                .orElse(0L);
        return (mask & SIGINT_BIT) != 0;
    }

    @Test
    void aKilledWrapperLeavesARunWithEverythingUpToTheLastSample() throws IOException {
        var pidFile = data.resolve("killed.pid");
        try (var run = run(
                "--zone",
                "FR",
                "--name",
                "killed",
                "--interval",
                "200ms",
                "--",
                "sh",
                "-c",
                "echo $$ > " + pidFile + "; while :; do :; done")) {
            awaitRun(total -> "killed".equals(total.getName()) && total.getEnergyMillijoules() > 0);
            run.kill();
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
        var total = awaitRun(found -> "killed".equals(found.getName()) && found.getStatus() == RunStatus.FINISHED);
        assertThat(total.getExitCode()).isNull();
        assertThat(total.getEnergyMillijoules()).isPositive();
    }

    @Test
    void concurrentRunsTogetherGetExactlyWhatTheHostUsed() {
        try (var first = run("--zone", "FR", "--json", "--", "sh", "-c", BUSY + "; sleep 0.5");
                var second = run("--zone", "FR", "--json", "--", "sh", "-c", BUSY)) {
            assertThat(first.awaitExit()).as(first.err()).isZero();
            assertThat(second.awaitExit()).as(second.err()).isZero();
        }
        Patience.until(() -> reader().ledgerEnergy() == reader().sampledEnergy());
        assertThat(reader().ledgerEnergy()).isEqualTo(reader().sampledEnergy());
    }

    @Test
    void countsTheCpuTimeOfShortLivedChildren() throws IOException {
        var children =
                "for n in 1 2 3 4 5 6 7 8 9 10; do sh -c 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done'; done";
        try (var run = run("--zone", "FR", "--json", "--", "sh", "-c", children + "; cat /proc/$$/stat >&2")) {
            assertThat(run.awaitExit()).as(run.err()).isZero();
            var stat = run.err()
                    .lines()
                    .filter(line -> line.contains("(sh)"))
                    .findFirst()
                    .orElseThrow();
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            var measured =
                    new ObjectMapper().readTree(run.out()).get("cpu_time_s").asDouble();
            assertThat(measured).isGreaterThanOrEqualTo(0.99 * (ticks / 100.0) - 0.02);
        }
    }

    @Test
    void wrongInputIsOneClearLine() {
        assertFails(2, "COMMAND", "run");
        assertFails(2, "Unknown zone 'Atlantis'", "run", "--zone", "Atlantis", "--", "true");
        assertFails(2, "--interval", "run", "--interval", "1ms", "--", "true");
        assertFails(2, "'soon' is not a duration", "run", "--interval", "soon", "--", "true");
        assertFails(2, "belong together", "run", "--bootstrap-servers", "127.0.0.1:1", "--", "true");
        assertFails(1, "has no run nothing", "report", "--run", "nothing");
    }

    private static void assertFails(int code, String message, String... arguments) {
        var command = ledger.command(arguments);
        assertThat(command.exitCode())
                .as("%s: %s", List.of(arguments), command.err())
                .isEqualTo(code);
        assertIsOneClearLine(command.err(), message);
    }

    private static void assertIsOneClearLine(String err, String message) {
        assertThat(err.lines().filter(line -> line.startsWith("wattledger:")))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void aProgramThatIsNotThereIsOneClearLine() {
        try (var run = run("--", "no-such-program")) {
            assertThat(run.awaitExit()).as(run.err()).isEqualTo(1);
            assertIsOneClearLine(run.err(), "'no-such-program'");
        }
    }

    @Test
    void reportsTheRuns() {
        var table = ledger.command("report");
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out()).contains("PROJECT", "default", "Known up to");
        var csv = ledger.command("report", "--format", "csv", "--limit", "1");
        assertThat(csv.exitCode()).as(csv.err()).isZero();
        assertThat(csv.out().lines()).hasSize(2);
        var json = ledger.command("report", "--format", "json", "--project", "none");
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(json.out().strip()).isEqualTo("[ ]");
    }

    private static CommandProcess run(String... arguments) {
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        return ledger.start(all.toArray(new String[0]));
    }

    private static LedgerReader reader() {
        return ledger.reader();
    }

    private static RunEmissions awaitRun(Predicate<RunEmissions> wanted) {
        var found = new RunEmissions[1];
        Patience.until(() -> {
            found[0] =
                    reader().runs().values().stream().filter(wanted).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    private static String get(String path, String accept) {
        var request = HttpRequest.newBuilder(URI.create(ledger.apiUrl() + path))
                .header("Accept", accept)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
