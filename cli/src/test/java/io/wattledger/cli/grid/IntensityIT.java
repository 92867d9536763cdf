package io.wattledger.cli.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.stack.EmbeddedCluster;
import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.testkit.KafkaEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wattledger intensity} on the topics of a real broker and registry. */
class IntensityIT {
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final String SERIES = "average-lifecycle";

    private static KafkaEnvironment cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TrustedRecords.trust();
        cluster = KafkaEnvironment.start(() -> EmbeddedCluster.start(folder.resolve("broker")));
        CommandRun.createTopics(cluster.bootstrapServers(), 3, 3);
        try (var producer = producer()) {
            annual(producer, "FR", "France", 56);
            annual(producer, "WORLD", "World", 473);
            live(producer, SERIES, "FR", HOUR.minus(Duration.ofHours(30)), IntensityRung.LIVE_MEASURED, 1, 99);
            live(producer, SERIES, "FR", HOUR.minus(Duration.ofHours(2)), IntensityRung.LIVE_MEASURED, 2, 40);
            // An estimate that comes later does not take the place of a measured value.
            live(producer, SERIES, "FR", HOUR.minus(Duration.ofHours(2)), IntensityRung.LIVE_ESTIMATED, 3, 45);
            for (int quarter = 0; quarter < 8; quarter++) {
                var start = HOUR.plus(QUARTER.multipliedBy(quarter));
                live(producer, SERIES, "FR", start, IntensityRung.LIVE_ESTIMATED, 4, 0);
                live(producer, SERIES, "our-cellar", start, IntensityRung.LIVE_MEASURED, 1, 12);
            }
            live(producer, "marginal", "FR", HOUR.minus(Duration.ofHours(3)), IntensityRung.LIVE_MEASURED, 1, 700);
            live(producer, SERIES, "DE", HOUR.minus(Duration.ofHours(2)), IntensityRung.LIVE_MEASURED, 1, 380);
            forecast(producer, "FR");
            forecast(producer, "DE");
            feed(producer, "maps/FR", FeedCondition.QUOTA, "Wait until midnight.");
            feed(producer, "maps/DE", FeedCondition.FRESH, "All is well.");
        }
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static CommandRun intensity(String... arguments) {
        var all = new ArrayList<>(List.of(
                "intensity",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.schemaRegistryUrl()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static JsonNode json(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var run = intensity(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void showsTheLiveValuesOfTheDayWithRungVersionAndSource() throws IOException {
        var json = json("France");

        assertThat(json.get("live").findValuesAsText("g_per_kwh")).startsWith("40", "0");
        var measured = json.get("live").get(0);
        assertThat(measured.get("rung").asText()).isEqualTo("live_measured");
        assertThat(measured.get("version").asText())
                .isEqualTo(HOUR.plusSeconds(2).toString());
        assertThat(measured.get("source").asText()).isEqualTo("test");
        assertThat(measured.get("method").asText()).isEqualTo("lifecycle");
        assertThat(json.get("other_series").get(0).asText()).isEqualTo("marginal");
        assertThat(json.get("connected").asBoolean()).isTrue();
    }

    /** 0 is a value. */
    @Test
    void saysWhatTheLedgerWouldUseNow() throws IOException {
        var now = json("FR").get("now");
        assertThat(now.get("g_per_kwh").decimalValue()).isZero();
        assertThat(now.get("rung").asText()).isEqualTo("live_estimated");
        // There is a value of two hours ago, and none of now, nor an annual one of its own.
        assertThat(json("DE").get("now").get("rung").asText()).isEqualTo("world");
    }

    @Test
    void readsAsFarBackAsItIsAsked() throws IOException {
        var json = json("FR", "--from", HOUR.minus(Duration.ofHours(31)).toString(), "--to", HOUR.toString());

        assertThat(json.get("live").findValuesAsText("g_per_kwh")).containsExactly("99", "40");
        assertThat(json.get("now").get("rung").asText()).isEqualTo("live_estimated");
    }

    @Test
    void showsAnotherSeriesAndThatTheLedgerDoesNotUseIt() throws IOException {
        assertThat(json("FR", "--series", "marginal").get("live").findValuesAsText("g_per_kwh"))
                .containsExactly("700");
        assertThat(intensity("FR", "--series", "marginal").out())
                .contains("series   marginal, which the ledger does not use");
    }

    @Test
    void printsForecastsAndFeedsOfTheZone() {
        var run = intensity("FR", "--forecast");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "feed     maps/FR is out of quota since ",
                        " UTC. Wait until midnight.",
                        "Forecast of " + SERIES)
                .containsPattern("1 h +51.5 +40 to 60")
                .doesNotContain("maps/DE", "▁");
    }

    @Test
    void knowsZonesThatOnlyTheTopicsKnow() throws IOException {
        assertThat(json("our-cellar").get("now").get("g_per_kwh").asInt()).isEqualTo(12);
        assertThat(intensity("our-celler").exitCode()).isEqualTo(2);
    }

    private static void annual(KafkaProducer<Object, Object> producer, String zone, String name, long grams) {
        send(
                producer,
                Topics.GRID_DEFAULTS,
                new GridDefaultKey(SERIES, zone, 2023),
                GridDefault.newBuilder()
                        .setSeries(SERIES)
                        .setZone(zone)
                        .setYear(2023)
                        .setName(name)
                        .setIntensityMicrogramsPerKwh(grams * 1_000_000)
                        .setMethod("lifecycle")
                        .setSource("us")
                        .setLicence("CC0")
                        .setParentZone(zone.equals("WORLD") ? null : "WORLD")
                        .build());
    }

    private static void live(
            KafkaProducer<Object, Object> producer,
            String series,
            String zone,
            Instant start,
            IntensityRung rung,
            int version,
            long grams) {
        send(
                producer,
                Topics.GRID_INTENSITY,
                new GridIntensityKey(series, zone, start, QUARTER.toMillis()),
                GridIntensity.newBuilder()
                        .setSeries(series)
                        .setZone(zone)
                        .setSlotStart(start)
                        .setSlotLengthMillis(QUARTER.toMillis())
                        .setIntensityMicrogramsPerKwh(grams * 1_000_000)
                        .setRung(rung)
                        .setVersion(HOUR.plusSeconds(version))
                        .setSource("test")
                        .setPublishedAt(HOUR)
                        .build());
    }

    private static void forecast(KafkaProducer<Object, Object> producer, String zone) {
        var slot = ForecastSlot.newBuilder()
                .setStart(HOUR.plus(Duration.ofHours(1)))
                .setLengthMillis(Duration.ofHours(1).toMillis())
                .setIntensityMicrogramsPerKwh(51_500_000)
                .setLowMicrogramsPerKwh(40_000_000)
                .setHighMicrogramsPerKwh(60_000_000)
                .build();
        send(
                producer,
                Topics.GRID_FORECAST,
                SERIES + "/" + zone,
                GridForecast.newBuilder()
                        .setSeries(SERIES)
                        .setZone(zone)
                        .setIssued(HOUR)
                        .setSource("test")
                        .setSlots(List.of(slot))
                        .build());
    }

    private static void feed(
            KafkaProducer<Object, Object> producer, String feed, FeedCondition condition, String message) {
        send(
                producer,
                Topics.FEED_STATES,
                feed,
                FeedState.newBuilder()
                        .setFeed(feed)
                        .setState(condition)
                        .setSince(HOUR)
                        .setMessage(message)
                        .build());
    }

    private static void send(
            KafkaProducer<Object, Object> producer, TopicSpec topic, Object key, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic.name(), key, value));
    }

    private static KafkaProducer<Object, Object> producer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "schema.registry.url", cluster.schemaRegistryUrl());
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
}
