package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.ForecastSeries;
import io.wattledger.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts on a real broker: over the repartition topic, beside a provider's, and after a kill. */
class ForecastIT {
    private static final String SERIES = "average-lifecycle";
    private static final List<String> ZONES = List.of("FR", "DE", "GB");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @AfterEach
    void down() {
        CommandRun.of("down", "--data-dir", data.toString());
    }

    /** On free ports; a second time on the same ones. */
    private RunningStack up(List<String> ports) {
        var arguments = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
        arguments.addAll(ports);
        var up = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(up.exitCode()).as(up.err()).isZero();
        return RunningStack.find(DataDirectory.at(data)).orElseThrow();
    }

    private static Map<String, GridForecast> forecasts(RunningStack stack) {
        return new LedgerReader(stack.bootstrapServers(), stack.schemaRegistryUrl()).forecasts();
    }

    private static String own(String zone) {
        return ForecastSeries.key(ForecastSeries.builtIn(SERIES), zone);
    }

    @Test
    void zonesWithLiveDataAreForetoldAlsoAfterAKill() throws Exception {
        var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var provided = new GridForecast(
                SERIES, "FR", now, "provider", List.of(new ForecastSlot(now, 3_600_000L, 7L, 7L, 7L)), null, null);
        var ports = Arrays.stream(Listener.values())
                .flatMap(listener -> Stream.of(listener.option(), Integer.toString(Ports.free())))
                .toList();
        var stack = up(ports);
        send(stack, now, provided);
        Patience.until(
                () -> ZONES.stream().allMatch(zone -> forecasts(stack).containsKey(own(zone))),
                () -> "forecasts: " + forecasts(stack).keySet());
        assertThat(forecasts(stack).get(SERIES + "/FR")).isEqualTo(provided);
        var before = forecasts(stack);
        var first = before.get(own("FR"));
        assertThat(first.getSlots().size()).isBetween(71, 73);
        assertThat(first.getSlots().get(0).getIntensityMicrogramsPerKwh()).isBetween(50_000_000L, 70_000_000L);

        var process = ProcessHandle.of(stack.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(60, TimeUnit.SECONDS);
        var again = up(ports);
        Patience.until(
                () -> {
                    var after = forecasts(again);
                    return ZONES.stream().map(ForecastIT::own).allMatch(key -> after.get(key)
                            .getIssued()
                            .isAfter(before.get(key).getIssued()));
                },
                () -> "forecasts: " + forecasts(again).values());
        assertThat(forecasts(again).get(own("FR")).getSlots().size()).isBetween(71, 73);
        assertThat(forecasts(again).get(SERIES + "/FR")).isEqualTo(provided);
    }

    /** Three days of each zone, and a provider's forecast of one. */
    private static void send(RunningStack stack, Instant now, GridForecast provided) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", stack.bootstrapServers(), "schema.registry.url", stack.schemaRegistryUrl());
        var keys = new AvroSerializer<SpecificRecord>();
        keys.configure(settings, true);
        var values = new AvroSerializer<SpecificRecord>();
        values.configure(settings, false);
        try (var producer = new KafkaProducer<>(settings, keys, values);
                var forecasts = new KafkaProducer<String, SpecificRecord>(settings, new StringSerializer(), values)) {
            forecasts.send(new ProducerRecord<>(
                    Topics.GRID_FORECAST.name(), ForecastSeries.key(SERIES, provided.getZone()), provided));
            for (var zone : ZONES) {
                for (int hour = 72; hour > 0; hour--) {
                    var value = intensity(zone, now.minus(HOUR.multipliedBy(hour)), now);
                    var key = new GridIntensityKey(SERIES, zone, value.getSlotStart(), HOUR.toMillis());
                    producer.send(new ProducerRecord<>(Topics.GRID_INTENSITY.name(), key, value));
                }
            }
        }
    }

    private static GridIntensity intensity(String zone, Instant start, Instant now) {
        return GridIntensity.newBuilder()
                .setSeries(SERIES)
                .setZone(zone)
                .setSlotStart(start)
                .setSlotLengthMillis(HOUR.toMillis())
                .setIntensityMicrogramsPerKwh(60_000_000 + start.getEpochSecond() / 3600 % 5 * 1_000_000)
                .setRung(IntensityRung.LIVE_MEASURED)
                .setVersion(now)
                .setSource("test")
                .setPublishedAt(now)
                .build();
    }
}
