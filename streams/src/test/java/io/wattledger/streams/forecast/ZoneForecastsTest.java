package io.wattledger.streams.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.streams.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneForecastsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final ZoneForecasts step = new ZoneForecasts(ForecastSettings.DEFAULTS, () -> NOW);
    private final MockProcessorContext<String, GridForecast> context;

    ZoneForecastsTest(@TempDir Path folder) {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        var store = RecentIntensities.builder().withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        context.getStateStore(RecentIntensities.STORE).close();
    }

    private static GridIntensityKey key(GridIntensity value) {
        return new GridIntensityKey(
                value.getSeries(), value.getZone(), value.getSlotStart(), value.getSlotLengthMillis());
    }

    private void look() {
        var punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOW.toEpochMilli());
    }

    @Test
    void afterAStartEveryZoneInTheStateIsDueAFewAtATime() {
        var before = step.get();
        before.init(context);
        for (int zone = 0; zone < 7; zone++) {
            for (int hour = 1; hour <= 24; hour++) {
                var value = Fixtures.live("zone-" + zone, NOW.minus(HOUR.multipliedBy(hour)), HOUR, 100, NOW);
                before.process(new Record<>(key(value), value, NOW.toEpochMilli()));
            }
        }
        assertThat(context.forwarded()).isEmpty();

        step.get().init(context);
        look();
        assertThat(context.forwarded()).hasSize(5);
        look();
        assertThat(context.forwarded())
                .extracting(forwarded -> forwarded.record().value().getZone())
                .containsExactlyInAnyOrder("zone-0", "zone-1", "zone-2", "zone-3", "zone-4", "zone-5", "zone-6");
        look();
        assertThat(context.forwarded()).hasSize(7);
    }

    @Test
    void allSlotsOfAZoneAreInOnePartitionAndZonesAreSpread() {
        var used = new HashSet<Integer>();
        for (int zone = 0; zone < 50; zone++) {
            var name = "zone-" + zone;
            var partitions = IntStream.range(0, 30)
                    .mapToObj(hour ->
                            new GridIntensityKey("series", name, NOW.plus(HOUR.multipliedBy(hour)), HOUR.toMillis()))
                    .map(key -> ZoneForecasts.BY_SIGNAL
                            .partitions("topic", key, null, 6)
                            .orElseThrow())
                    .distinct()
                    .toList();
            assertThat(partitions).hasSize(1);
            assertThat(partitions.get(0)).hasSize(1);
            used.addAll(partitions.get(0));
        }
        assertThat(used).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }
}
