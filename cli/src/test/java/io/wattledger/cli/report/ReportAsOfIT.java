package io.wattledger.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.LedgerEnvironment;
import io.wattledger.cli.Patience;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Reports of what was known when, of runs whose slots have closed long ago. */
@EnabledOnOs(OS.LINUX)
class ReportAsOfIT {
    /** At the start of a slot, long ago. */
    private static final Instant BEGAN =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(20));

    private static final Duration SLOT = Duration.ofMinutes(15);
    /** So many that the older ones close at once, as those of a host that catches up do. */
    private static final int SLOTS = 60;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path data;

    private static LedgerEnvironment ledger;

    @BeforeAll
    static void up() {
        TrustedRecords.trust();
        ledger = LedgerEnvironment.in(data);
        try (var up = ledger.start("run", "--zone", "FR", "--", "true")) {
            assertThat(up.awaitExit()).as(up.err()).isZero();
        }
    }

    @AfterAll
    static void down() {
        if (ledger != null) {
            ledger.close();
        }
    }

    @Test
    void aStampGivesTheSameReportAgainAndTheChangesSinceAddUp() throws IOException {
        measure("01AAA", "host-a");
        awaitRun("01AAA", run -> run.get("revision").asInt() > 0);
        publish("FR", BEGAN, 40, BEGAN.plusSeconds(60));
        awaitRun("01AAA", run -> run.get("revision").asInt() > 1);
        var runBefore = succeeds("report", "01AAA", "--json");
        var stamp = new ObjectMapper().readTree(runBefore).get("known_up_to").asText();
        var listBefore = succeeds("report", "--format", "json", "--as-of", stamp);
        var daysBefore = succeeds("report", "--by", "day", "--json", "--as-of", stamp);

        publish("FR", BEGAN, 30, BEGAN.plusSeconds(120));
        publish("FR", BEGAN.plus(SLOT), 300, BEGAN.plusSeconds(120));
        var emissions = json(runBefore).get("emissions_g").decimalValue();
        awaitRun("01AAA", run -> run.get("emissions_g").decimalValue().compareTo(emissions) > 0);

        assertThat(succeeds("report", "01AAA", "--json", "--as-of", stamp)).isEqualTo(runBefore);
        assertThat(succeeds("report", "--format", "json", "--as-of", stamp)).isEqualTo(listBefore);
        assertThat(succeeds("report", "--by", "day", "--json", "--as-of", stamp))
                .isEqualTo(daysBefore);
        assertThat(succeeds("report", "01AAA", "--as-of", stamp)).contains("Known up to " + stamp);

        var explained = json(succeeds("report", "--explain", "01AAA", "--as-of", stamp, "--json"));
        assertThat(explained.get("changes")).hasSize(2);
        assertThat(explained.get("changes").get(0).get("cause").asText()).isEqualTo("intensity");
        assertThat(explained
                        .get("changes")
                        .get(0)
                        .get("before")
                        .get("intensity_g_per_kwh")
                        .asInt())
                .isEqualTo(40);
        assertThat(explained.get("sum_of_changes")).isEqualTo(explained.get("difference"));
        assertThat(explained.get("open_slots").get("emissions_g").decimalValue())
                .isZero();
        assertThat(json(succeeds("report", "01AAA", "--json"))
                        .get("emissions_g")
                        .decimalValue()
                        .subtract(emissions))
                .isEqualByComparingTo(
                        explained.get("difference").get("emissions_g").decimalValue());
        assertThat(succeeds("report", "--explain", "01AAA")).contains("40 → 30 g/kWh", "another intensity");
    }

    @Test
    void whatWasNotKnownThenIsSaidSo() {
        measure("01BBB", "host-b");
        awaitRun("01BBB", run -> run.get("revision").asInt() > 0);
        var early = ledger.command("report", "01BBB", "--as-of", BEGAN.toString());
        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err()).contains("Nothing was known of run 01BBB", "first heard of at");
        assertThat(ledger.command("report", "nothing").err()).contains("has no run nothing");
        assertThat(ledger.command("report", "--as-of", "soon").exitCode()).isEqualTo(2);
        assertThat(ledger.command("report", "--explain").exitCode()).isEqualTo(2);
    }

    @Test
    void anyOfSeveralInstancesAnswersForAll(@TempDir Path other) {
        measure("01CCC", "host-c");
        measure("01DDD", "host-d");
        awaitRun("01CCC", run -> run.get("revision").asInt() > 0);
        awaitRun("01DDD", run -> run.get("revision").asInt() > 0);
        try (var second = CommandProcess.start(
                other,
                "streams",
                "--bootstrap-servers",
                ledger.bootstrapServers(),
                "--schema-registry",
                ledger.schemaRegistryUrl(),
                "--port",
                "0")) {
            second.awaitOut("ready at ");
            var api = second.out()
                    .lines()
                    .filter(line -> line.contains("ready at "))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".* ", "");
            Patience.until(() -> ledger.command("report", "--json").exitCode() == 0
                    && ledger.command("report", "--json", "--api", api).exitCode() == 0);
            var stamp = json(succeeds("report", "01CCC", "--json"))
                    .get("known_up_to")
                    .asText();
            for (var arguments : List.of(
                    List.of("report", "--json"),
                    List.of("report", "01CCC", "--json"),
                    List.of("report", "01DDD", "--json"))) {
                var asked = new ArrayList<>(arguments);
                asked.addAll(List.of("--as-of", stamp));
                var first = succeeds(asked.toArray(String[]::new));
                asked.addAll(List.of("--api", api));
                assertThat(succeeds(asked.toArray(String[]::new)))
                        .isEqualTo(first)
                        .contains("\"run\"");
            }
            // Told to end it leaves its group at once; killed it would hold its part for as long as a session lasts.
            second.process().destroy();
            second.awaitExit();
        }
        // Its part of the ledger is the first one's again before others ask for it.
        Patience.until(() -> ledger.command("report", "--json").exitCode() == 0);
    }

    private static void measure(String run, String host) {
        var started = RunEvent.newBuilder()
                .setRun(run)
                .setHost(host)
                .setProject("past")
                .setZone("FR")
                .setStarted(BEGAN)
                .setSession("session-" + host)
                .setFirstSeq(1)
                .build();
        var end = BEGAN.plus(SLOT.multipliedBy(SLOTS));
        send(
                Topics.RUNS,
                host,
                new RunHostKey(run, host),
                RunEvent.newBuilder(started)
                        .setFinished(end)
                        .setExitCode(0)
                        .setLastSeq((long) SLOTS)
                        .build());
        send(
                Topics.POWER_SAMPLES,
                host,
                host,
                PowerSamples.newBuilder()
                        .setHost(host)
                        .setBootId("boot")
                        .setSession("session-" + host)
                        .setZone("FR")
                        .setPolicy(AttributionPolicy.MACHINE)
                        .setSamples(IntStream.range(0, SLOTS)
                                .mapToObj(slot -> sample(run, slot + 1, BEGAN.plus(SLOT.multipliedBy(slot))))
                                .toList())
                        .build());
    }

    private static Sample sample(String run, long seq, Instant start) {
        var cpu = new Reading("package-0", null, DeviceKind.CPU, 36_000_001L, 1L, "RAPL_POWERCAP", null);
        var usage = new Usage(run, "past", 1_000_000L, new HashMap<>(), 1_000_000L);
        return new Sample(seq, start, start.plus(SLOT), List.of(cpu), List.of(usage), 2_000_000L, 4_000_000L, 1L << 30);
    }

    private static void publish(String zone, Instant slot, long grams, Instant version) {
        var key = new GridIntensityKey("average-lifecycle", zone, slot, SLOT.toMillis());
        var value = GridIntensity.newBuilder()
                .setSeries("average-lifecycle")
                .setZone(zone)
                .setSlotStart(slot)
                .setSlotLengthMillis(SLOT.toMillis())
                .setIntensityMicrogramsPerKwh(grams * 1_000_000)
                .setRung(IntensityRung.LIVE_MEASURED)
                .setVersion(version)
                .setSource("test")
                .setPublishedAt(version)
                .build();
        try (var producer = producer()) {
            producer.send(new ProducerRecord<>(Topics.GRID_INTENSITY.name(), key, value));
        }
    }

    private static void send(TopicSpec topic, String host, Object key, SpecificRecord value) {
        try (var producer = producer()) {
            int partition =
                    HostPartition.of(host, producer.partitionsFor(topic.name()).size());
            producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
        }
    }

    private static KafkaProducer<Object, Object> producer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", ledger.bootstrapServers(), "schema.registry.url", ledger.schemaRegistryUrl());
        var texts = new StringSerializer();
        var keys = new AvroSerializer<SpecificRecord>();
        keys.configure(settings, true);
        var values = new AvroSerializer<SpecificRecord>();
        values.configure(settings, false);
        Serializer<Object> key = (topic, value) -> value instanceof String text
                ? texts.serialize(topic, text)
                : keys.serialize(topic, (SpecificRecord) value);
        return new KafkaProducer<>(settings, key, (topic, value) -> values.serialize(topic, (SpecificRecord) value));
    }

    private static String succeeds(String... arguments) {
        var done = ledger.command(arguments);
        assertThat(done.exitCode()).as("%s: %s", List.of(arguments), done.err()).isZero();
        return done.out();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static void awaitRun(String run, Predicate<JsonNode> wanted) {
        Patience.until(() -> {
            var report = ledger.command("report", run, "--json");
            return report.exitCode() == 0 && wanted.test(json(report.out()));
        });
    }
}
