package io.wattledger.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.cli.LedgerEnvironment;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.LedgerProgress;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code wattledger replay} as a user has it. */
@EnabledOnOs(OS.LINUX)
class ReplayIT {
    /** The hour before clocks change in Europe. */
    private static final long BASE = Instant.parse("2024-03-31T00:00:00Z").toEpochMilli();

    private static final long HOUR = 3_600_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;

    private static LedgerEnvironment ledger;
    private static Path power;
    private static Path intensity;

    /** Two devices over four hours, one of them with a fault of ten minutes; the intensities end an hour early. */
    @BeforeAll
    static void start() {
        ledger = LedgerEnvironment.in(data);
        var values = new ArrayList<>(List.of("epoch_ms,watts,device"));
        for (long at = BASE; at <= BASE + 4 * HOUR; at += 60_000) {
            boolean fault = at >= BASE + HOUR && at < BASE + HOUR + 600_000;
            values.add(at + "," + (fault ? "-1" : "180.5") + ",a");
            values.add((at + 137) + ",99.123456,b");
        }
        power = ReplayFiles.gzip(ReplayFiles.write(data, "power.csv", values.toArray(String[]::new)));
        intensity = ReplayFiles.write(
                data,
                "intensity.csv",
                "epoch_ms,gco2_per_kwh",
                BASE + ",50.25",
                (BASE + HOUR) + ",61.5",
                (BASE + HOUR + 1_800_000) + ",70.125",
                (BASE + 3 * HOUR) + ",1");
    }

    @AfterAll
    static void down() {
        if (ledger != null) {
            ledger.close();
        }
    }

    private static JsonNode replay(String... further) throws IOException {
        var arguments = new ArrayList<>(List.of("replay", "--power", power.toString(), "--zone", "FR", "--json"));
        arguments.addAll(List.of(further));
        var command = ledger.command(arguments.toArray(String[]::new));
        assertThat(command.exitCode()).as(command.err()).isZero();
        return new ObjectMapper().readTree(command.out());
    }

    private static LedgerReader reader() {
        return ledger.reader();
    }

    private static List<EmissionRow> rows(String run) {
        return reader().ledger().values().stream()
                .filter(row -> row.getRun().equals(run))
                .toList();
    }

    @Test
    void accountsARecordingExactlyAndOnlyOnce() throws IOException {
        var csv = data.resolve("rows.csv");
        var options = new String[] {
            "--intensity", intensity.toString(), "--pue", "1.125", "--project", "old", "--output", csv.toString()
        };
        var json = replay(options);
        var run = json.get("run").asText();

        // Device a: 230 minutes at 180.5 W; device b: 240 minutes at 99.123456 W.
        long millijoules = 230 * 60 * 180_500L + 240 * 60 * 99_123L + 6_566;
        assertThat(json.get("energy_kwh").decimalValue()).isEqualByComparingTo(kilowattHours(millijoules));
        assertThat(json.get("rows").asInt()).isEqualTo(482);
        assertThat(json.get("duration_s").decimalValue()).isEqualByComparingTo("14400.137");
        assertThat(json.get("project").asText()).isEqualTo("old");
        assertThat(json.get("status").asText()).isEqualTo("finished");
        assertThat(json.get("slot_s").asInt()).isEqualTo(1800);
        assertThat(json.get("gaps").get("count").asInt()).isEqualTo(1);
        assertThat(json.get("gaps").get("duration_s").decimalValue()).isEqualByComparingTo("600");

        var rows = rows(run);
        assertThat(rows).hasSize(9);
        assertThat(sum(rows, false)).isEqualTo(millijoules);
        var onSupplied = rows.stream()
                .filter(row -> row.getIntensitySource().equals("intensity.csv"))
                .toList();
        assertThat(onSupplied).hasSize(6);
        assertThat(json.get("coverage").decimalValue().doubleValue())
                .isCloseTo(sum(onSupplied, false) / (double) millijoules, within(1e-12));
        assertThat(json.get("emissions_g").decimalValue().movePointRight(6).longValueExact())
                .isEqualTo(sum(rows, true));
        assertThat(BigDecimal.valueOf(sum(onSupplied, true), 6)
                        .subtract(suppliedGrams())
                        .abs())
                .isLessThan(new BigDecimal("0.000003"));
        assertThat(Files.readAllLines(csv)).hasSize(10);

        long sent = reader().count(Topics.POWER_SAMPLES);
        var written = Files.readString(csv);
        assertThat(replay(options)).isEqualTo(json);
        assertThat(reader().count(Topics.POWER_SAMPLES))
                .as("a complete replay is not sent again")
                .isEqualTo((int) sent);
        assertThat(Files.readString(csv)).isEqualTo(written);
    }

    private static long sum(List<EmissionRow> rows, boolean emissions) {
        return rows.stream()
                .mapToLong(row -> emissions ? row.getEmissionsMicrograms() : row.getEnergyMillijoules())
                .sum();
    }

    private static BigDecimal kilowattHours(long millijoules) {
        return new Energy(millijoules).kilowattHours();
    }

    /** Of the three hours with intensities, by hand: power by half hour times intensity times PUE. */
    private static BigDecimal suppliedGrams() {
        var a = new BigDecimal("180.5");
        var b = new BigDecimal("99.123456");
        var grams = BigDecimal.ZERO;
        var intensities = List.of("50.25", "50.25", "61.5", "70.125", "70.125", "70.125");
        for (int half = 0; half < 6; half++) {
            var secondsOfA = BigDecimal.valueOf(half == 2 ? 1200 : 1800);
            var secondsOfB = half == 0 ? new BigDecimal("1799.863") : BigDecimal.valueOf(1800);
            var joules = a.multiply(secondsOfA).add(b.multiply(secondsOfB));
            grams = grams.add(joules.multiply(new BigDecimal(intensities.get(half))));
        }
        return grams.multiply(new BigDecimal("1.125")).divide(new BigDecimal("3600000"), 12, RoundingMode.HALF_EVEN);
    }

    @Test
    void sendingItAgainChangesNothing() throws IOException {
        var json = replay("--device", "a", "--max-gap", "30m");
        var run = json.get("run").asText();
        var before = sum(rows(run), false);
        var recorded = ReplayFiles.power(power).select(Set.of("a")).withoutHoldsLongerThan(Duration.ofMinutes(30));
        var replay = ReplayFiles.replay(recorded, null, ReplayFiles.QUARTER);
        assertThat(replay.run()).isEqualTo(run);

        var place = new Ledger(ledger.bootstrapServers(), ledger.schemaRegistryUrl(), Map.of(), null);
        var records = new ReplayRecords(replay, "power.csv.gz");
        try (var sender = new ReplaySender(place)) {
            sender.send(records.started());
            records.samples(500, batch -> sender.send(batch.samples()));
            sender.send(records.finished());
            sender.flush();
        }
        try (var reader = TopicReader.of(place);
                var progress = new LedgerProgress(place, "wattledger-ledger", reader)) {
            assertThat(progress.awaitSettled(Duration.ofMillis(100), Duration.ofSeconds(60)))
                    .isTrue();
        }
        assertThat(sum(rows(run), false)).isEqualTo(before);
        assertThat(reader().runs().get(run).getEnergyMillijoules()).isEqualTo(before);
    }

    @Test
    void neverAddsToARunThatIsThere() throws IOException {
        replay("--run", "mine");
        var other = ledger.command("replay", "--power", power.toString(), "--zone", "DE", "--run", "mine", "--json");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("already has a run mine", "--run");
        assertThat(other.out()).isEmpty();
    }

    @Test
    void showsAPersonWhatItCameTo() {
        try (var command = ledger.start(
                "replay", "--power", power.toString(), "--zone", "US-NY-NYIS", "--intensity", intensity.toString())) {
            assertThat(command.awaitExit()).as(command.err()).isZero();
            assertThat(command.out())
                    .contains("zone US-NY-NYIS", "kWh", "CO2eq", "of the energy on intensity.csv", "gaps");
            assertThat(command.out().contains("/runs/")).isEqualTo(ledger.isEmbedded());
        }
    }
}
