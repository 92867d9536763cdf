package io.wattledger.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.LedgerEnvironment;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real run, audited, corrected and falsified. */
@EnabledOnOs(OS.LINUX)
class AuditIT {
    private static final BigDecimal MILLIJOULES_PER_KWH = BigDecimal.valueOf(3_600_000_000L);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;

    private static LedgerEnvironment ledger;
    private static String run;
    private static String host;

    @BeforeAll
    static void measureARun() throws IOException {
        ledger = LedgerEnvironment.in(data);
        try (var command =
                ledger.start("run", "--zone", "FR", "--interval", "200ms", "--json", "--", "sh", "-c", "sleep 1")) {
            assertThat(command.awaitExit()).as(command.err()).isZero();
            var json = new ObjectMapper().readTree(command.out());
            run = json.get("run").asText();
            host = json.get("host").asText();
        }
    }

    @AfterAll
    static void down() {
        if (ledger != null) {
            ledger.close();
        }
    }

    private static Map<LedgerKey, EmissionRow> rows() {
        return ledger.reader().ledger();
    }

    @Test
    void explainsARunWithNumbersThatMultiplyOutAndAddUp() throws IOException {
        var audit = ledger.command("audit", "--json", "--explain", run);
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        var rows = new ObjectMapper().readTree(audit.out()).get("explained");
        assertThat(rows).isNotEmpty();
        for (var row : rows) {
            assertMultipliesOut(row);
            long devices = 0;
            for (var device : row.get("devices")) {
                devices += device.get("of_this_run_mj").asLong();
            }
            assertThat(row.get("energy_mj").asLong()).isEqualTo(devices);
            assertThat(row.get("sequences")).isNotEmpty();
        }
    }

    private static void assertMultipliesOut(JsonNode row) {
        var micrograms = row.get("energy_mj")
                .decimalValue()
                .multiply(row.get("pue").decimalValue())
                .multiply(row.get("intensity").get("ug_per_kwh").decimalValue())
                .divide(MILLIJOULES_PER_KWH, 0, RoundingMode.HALF_EVEN);
        assertThat(row.get("emissions_ug").decimalValue()).isEqualByComparingTo(micrograms);
        assertThat(row.get("ledger_emissions_ug").decimalValue()).isEqualByComparingTo(micrograms);
    }

    @Test
    void aCorrectionRestatesThePeriodAndTheAuditAgrees() throws IOException {
        var slots = rowsOfHost().map(EmissionRow::getSlotStart).sorted().toList();
        var correct = ledger.command(
                "correct",
                "--host",
                host,
                "--from",
                slots.get(0).toString(),
                "--to",
                slots.get(slots.size() - 1).plusSeconds(900).toString(),
                "--zone",
                "Germany",
                "--pue",
                "1.5",
                "--why",
                "was in Frankfurt all the time",
                "--json");
        assertThat(correct.exitCode()).as(correct.out() + correct.err()).isZero();
        var json = new ObjectMapper().readTree(correct.out());
        assertThat(json.get("zone").asText()).isEqualTo("DE");
        assertThat(json.get("restated").asInt()).isPositive();
        assertThat(json.get("energy_kwh_after")).isEqualTo(json.get("energy_kwh_before"));
        assertThat(json.get("emissions_g_after").decimalValue())
                .isGreaterThan(json.get("emissions_g_before").decimalValue());
        assertThat(rowsOfHost()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.getZone()).isEqualTo("DE");
            assertThat(row.getPueThousandths()).isEqualTo(1500);
        });
        var audit = ledger.command("audit", "--explain", run);
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).contains("was in Frankfurt all the time", ": the same", "no differences");
    }

    private static Stream<EmissionRow> rowsOfHost() {
        return rows().values().stream().filter(row -> row.getHost().equals(host));
    }

    @Test
    void findsAFalsifiedRow() {
        var key = rows().keySet().stream()
                .filter(row -> row.getRun().equals(run))
                .findFirst()
                .orElseThrow();
        var row = rows().get(key);
        var falsified = EmissionRow.newBuilder(row)
                .setEmissionsMicrograms(row.getEmissionsMicrograms() - 1)
                .build();
        write(key, falsified);
        var audit = ledger.command("audit");
        assertThat(audit.exitCode()).as(audit.err()).isEqualTo(1);
        assertThat(audit.out()).contains("emission row", run, "emissionsMicrograms", "-1", "1 difference");
        write(key, row);
    }

    private static void write(LedgerKey key, EmissionRow row) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", ledger.bootstrapServers(),
                "schema.registry.url", ledger.schemaRegistryUrl());
        var keys = new AvroSerializer<SpecificRecord>();
        keys.configure(settings, true);
        var values = new AvroSerializer<SpecificRecord>();
        values.configure(settings, false);
        var topic = Topics.EMISSIONS_LEDGER.name();
        try (var producer = new KafkaProducer<>(settings, keys, values)) {
            int partition = HostPartition.of(
                    key.getHost(), producer.partitionsFor(topic).size());
            producer.send(new ProducerRecord<>(topic, partition, key, row));
        }
    }

    @Test
    void agreesWithTheLedgerOnABadDay() throws IOException {
        var slot = Duration.ofMinutes(15).toMillis();
        var start =
                Instant.ofEpochMilli(Instant.now().toEpochMilli() / slot * slot).minus(Duration.ofHours(30));
        try (var fleet = new AdverseRecords(ledger.bootstrapServers(), ledger.schemaRegistryUrl(), start, 20260301)) {
            fleet.send();
        }
        var audit = ledger.command("audit", "--json");
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        var json = new ObjectMapper().readTree(audit.out());
        assertThat(json.get("differences")).isEmpty();
        assertThat(json.get("compared"))
                .allSatisfy(count -> assertThat(count.asInt()).isPositive());
        var noted = json.get("noted");
        assertThat(noted.get("doubled").asInt()).isPositive();
        assertThat(noted.get("overlapping").asInt()).isPositive();
        assertThat(noted.get("refused").asInt()).isPositive();
        assertThat(rows().values())
                .anySatisfy(row -> assertThat(row.getRun()).isEqualTo("_missing"))
                .anySatisfy(row -> assertThat(row.getIntensitySource()).isEqualTo("a provider"));
    }

    @Test
    void saysWhatThereIsNothingOf() {
        var audit = ledger.command("audit", "--explain", "nothing");
        assertThat(audit.exitCode()).isEqualTo(1);
        assertThat(audit.err()).contains("The ledger has nothing of nothing");
        for (var scope : List.of("--host", "--run", "--zone")) {
            var nothing = ledger.command("audit", scope, "nobody");
            assertThat(nothing.exitCode()).as(scope).isEqualTo(1);
            assertThat(nothing.err()).contains("Nothing was compared");
        }
        var correct = ledger.command(
                "correct",
                "--host",
                "nobody",
                "--from",
                "2026-03-01",
                "--to",
                "2026-03-02",
                "--pue",
                "1.2",
                "--why",
                "x");
        assertThat(correct.exitCode()).isEqualTo(1);
        assertThat(correct.err()).contains("The ledger has no row of host nobody");
    }
}
