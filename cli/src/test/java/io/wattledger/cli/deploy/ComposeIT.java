package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.Patience;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docker-compose.yml} as it is, in real containers: a run that is measured in one appears with the same figures
 * wherever the ledger is written to, also when each of them has been killed meanwhile. {@code deploy/test/end-to-end}
 * starts it with all that it needs.
 */
@EnabledIfSystemProperty(
        named = "compose",
        matches = "true",
        disabledReason = "the containers of docker-compose.yml are tested by deploy/test/end-to-end")
class ComposeIT {
    private static final BigDecimal MILLIJOULES_PER_KWH = BigDecimal.valueOf(3_600_000_000L);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static ComposeStack stack;

    /** The exact figures of a run. */
    private record Figures(long millijoules, long micrograms) {}

    @BeforeAll
    static void up() {
        stack = ComposeStack.start(folder);
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aRunHasTheSameFiguresWhereverItIsWrittenTo() throws IOException {
        var said = runOf("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done >&2");

        assertThat(said.get("zone").asText()).isEqualTo("FR");
        assertThat(said.get("host").asText())
                .isEqualTo(
                        stack.inside("collector", "cat", "/host/etc/hostname").trim());
        assertSameEverywhere(said);
    }

    @Test
    void eachContainerMayBeKilledAndNothingIsLost() throws IOException {
        var before = runOf("sleep 1");
        var command = stack.wattledger(
                "run",
                "--json",
                "--zone",
                "FR",
                "--project",
                "kill",
                "--",
                "sh",
                "-c",
                "while [ ! -e /data/enough ]; do sleep 0.1; done");
        Patience.until(
                () -> stack.ledger("/runs?project=kill").findValuesAsText("run").size() == 1,
                () -> "no run; " + command.err());

        ComposeStack.SERVICES.forEach(stack::kill);

        assertThat(command.isAlive()).as(command.err()).isTrue();
        stack.inside("collector", "touch", "/data/enough");
        var said = new ObjectMapper().readTree(command.await());
        assertThat(said.get("status").asText()).isEqualTo("finished");
        assertSameEverywhere(said);
        assertSameEverywhere(before);
        var audit = stack.wattledger("audit");
        assertThat(audit.awaitExit()).as(audit.out() + audit.err()).isZero();
    }

    private static JsonNode runOf(String script) throws IOException {
        var command = stack.wattledger("run", "--json", "--zone", "FR", "--", "sh", "-c", script);
        return new ObjectMapper().readTree(command.await());
    }

    private static Figures figures(JsonNode run) {
        return figures(
                run.get("energy_kwh").decimalValue(), run.get("emissions_g").decimalValue());
    }

    private static Figures figures(BigDecimal kilowattHours, BigDecimal grams) {
        return new Figures(
                kilowattHours
                        .multiply(MILLIJOULES_PER_KWH)
                        .setScale(0, java.math.RoundingMode.HALF_EVEN)
                        .longValueExact(),
                grams.movePointRight(6).longValueExact());
    }

    private static void assertSameEverywhere(JsonNode run) {
        var id = run.get("run").asText();
        var expected = figures(run);
        assertThat(expected.millijoules()).as(id).isPositive();
        assertThat(expected.micrograms()).as(id).isPositive();
        await("the REST interface", expected, () -> inLedger(id));
        await("PostgreSQL", expected, () -> inPostgresql(id));
        await("the CSV file", expected, () -> inCsv(id));
        await("Prometheus", expected, () -> inPrometheus(id));
    }

    private static void await(String place, Figures expected, Supplier<@Nullable Figures> seen) {
        Patience.until(() -> expected.equals(seen.get()), () -> place + " has " + seen.get() + ", not " + expected);
    }

    private static @Nullable Figures inLedger(String run) {
        var found = stack.ledger("/runs/" + run);
        return found.isMissingNode() ? null : figures(found);
    }

    private static @Nullable Figures inPostgresql(String run) {
        var row = stack.sql(
                        "select energy_millijoules, emissions_micrograms from wattledger.run_emissions where run = '"
                                + run + "'")
                .split("\\|");
        return row.length == 2 ? new Figures(Long.parseLong(row[0]), Long.parseLong(row[1])) : null;
    }

    /** The newest figures: a run that is corrected has further rows in the file of changes. */
    private static @Nullable Figures inCsv(String run) {
        var text = stack.inside(
                "connect",
                "sh",
                "-c",
                "cat /var/lib/wattledger/csv/runs.csv /var/lib/wattledger/csv/runs-changes.csv 2>/dev/null || true");
        var lines = text.lines().toList();
        if (lines.isEmpty()) {
            return null;
        }
        var columns = List.of(lines.get(0).split(","));
        return lines.stream()
                .filter(line -> line.startsWith(run + ","))
                .reduce((first, second) -> second)
                .map(line -> Arrays.asList(line.split(",")))
                .map(row -> figures(
                        new BigDecimal(row.get(columns.indexOf("energy_kwh"))),
                        new BigDecimal(row.get(columns.indexOf("emissions_g")))))
                .orElse(null);
    }

    private static @Nullable Figures inPrometheus(String run) {
        var joules = stack.prometheus("sum(wattledger_run_ledger_energy_joules{run=\"" + run + "\"})");
        var grams = stack.prometheus("sum(wattledger_run_ledger_emissions_grams{run=\"" + run + "\"})");
        return joules == null || grams == null ? null : new Figures(Math.round(joules * 1e3), Math.round(grams * 1e6));
    }
}
