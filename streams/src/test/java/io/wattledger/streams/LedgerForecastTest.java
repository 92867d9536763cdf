package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.SERIES;
import static io.wattledger.streams.Fixtures.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.streams.forecast.ForecastSettings;
import io.wattledger.streams.totals.TotalsSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerForecastTest {
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String KEY = "wattledger:" + SERIES + "/FR";
    private static final String STORE = "recent-intensities";

    private final LedgerTestBed bed = new LedgerTestBed(NOW);

    @AfterEach
    void close() {
        bed.close();
    }

    private static long grams(Instant at) {
        return at.equals(NOW) ? 100 : 100 + 50 * (at.getEpochSecond() / 3600 % 24 / 12);
    }

    private void past(String series, String zone, Duration length, Duration slot) {
        for (var at = NOW.minus(length); at.isBefore(NOW); at = at.plus(slot)) {
            bed.intensity(live(series, zone, at, slot, grams(at), at.plus(slot)));
        }
    }

    private GridForecast forecast() {
        assertThat(bed.forecasts).containsKey(KEY);
        return bed.forecasts.get(KEY);
    }

    @Test
    void aZoneWithLiveDataGetsAForecast() {
        past(SERIES, "FR", Duration.ofDays(4), HOUR);
        bed.pass(SECOND);
        assertThat(bed.forecasts).containsOnlyKeys(KEY);
        assertThat(forecast().getSeries()).isEqualTo("wattledger:" + SERIES);
        assertThat(forecast().getZone()).isEqualTo("FR");
        assertThat(forecast().getSource()).isEqualTo("wattledger forecast");
        assertThat(forecast().getMethod()).isNotBlank();
        assertThat(forecast().getBandThousandths()).isEqualTo(800);
        assertThat(forecast().getIssued()).isEqualTo(NOW.plus(SECOND));
        assertThat(forecast().getSlots()).hasSize(72).allSatisfy(slot -> {
            assertThat(slot.getLengthMillis()).isEqualTo(HOUR.toMillis());
            assertThat(slot.getIntensityMicrogramsPerKwh() / 1e6)
                    .isCloseTo(100 + 50 * (slot.getStart().getEpochSecond() / 3600 % 24 / 12), withinPercentage(10));
            assertThat(slot.getLowMicrogramsPerKwh()).isLessThanOrEqualTo(slot.getIntensityMicrogramsPerKwh());
            assertThat(slot.getHighMicrogramsPerKwh()).isGreaterThanOrEqualTo(slot.getIntensityMicrogramsPerKwh());
        });
        assertThat(forecast().getSlots().get(0).getStart()).isEqualTo(NOW);
    }

    @Test
    void lessThanADayTellsNothing() {
        past(SERIES, "FR", Duration.ofHours(23), HOUR);
        bed.pass(SECOND);
        assertThat(bed.forecasts).isEmpty();
        bed.intensity(live("FR", NOW.minus(Duration.ofHours(24)), HOUR, 100, NOW));
        bed.pass(SECOND);
        assertThat(bed.forecasts).containsOnlyKeys(KEY);
    }

    @Test
    void newValuesMakeANewOneOnceTheIntervalIsOver() {
        past(SERIES, "FR", Duration.ofDays(1), HOUR);
        bed.pass(SECOND);
        var first = forecast().getIssued();
        bed.intensity(live("FR", NOW, HOUR, 120, NOW));
        bed.pass(Duration.ofMinutes(14));
        assertThat(forecast().getIssued()).isEqualTo(first);
        bed.pass(Duration.ofMinutes(1));
        assertThat(forecast().getIssued()).isEqualTo(first.plus(QUARTER));
        assertThat(forecast().getSlots().get(0).getStart()).isEqualTo(NOW.plus(HOUR));
        bed.pass(QUARTER);
        assertThat(forecast().getIssued()).isEqualTo(first.plus(QUARTER));
    }

    @Test
    void onlyABetterValueOfASlotChangesAnything() {
        past(SERIES, "FR", Duration.ofDays(2), HOUR);
        bed.pass(SECOND);
        var first = forecast();
        var slot = NOW.minus(HOUR);
        bed.intensity(live("FR", slot, HOUR, grams(slot), NOW));
        bed.intensity(live("FR", slot, HOUR, 900, NOW.minus(SECOND)));
        var estimated = live("FR", slot, HOUR, 900, NOW.plus(HOUR));
        estimated.setRung(IntensityRung.LIVE_ESTIMATED);
        bed.intensity(estimated);
        bed.pass(QUARTER);
        assertThat(forecast()).isEqualTo(first);
        bed.intensity(live("FR", slot, HOUR, 140, NOW.plus(SECOND)));
        bed.pass(SECOND);
        assertThat(forecast().getIssued())
                .isEqualTo(NOW.plus(SECOND).plus(QUARTER).plus(SECOND));
        assertThat(forecast().getSlots().get(0).getIntensityMicrogramsPerKwh())
                .isGreaterThan(first.getSlots().get(0).getIntensityMicrogramsPerKwh());
    }

    @Test
    void aWithdrawnValueIsUnknownAgain() {
        past(SERIES, "FR", Duration.ofDays(1), HOUR);
        bed.pass(SECOND);
        assertThat(bed.stored(STORE)).isEqualTo(24);
        var first = forecast().getIssued();
        bed.withdraw(live("FR", NOW.minus(HOUR), HOUR, 0, NOW));
        bed.intensity(live("FR", NOW, HOUR, 120, NOW));
        bed.pass(QUARTER);
        assertThat(bed.stored(STORE)).isEqualTo(24);
        assertThat(forecast().getIssued()).isAfter(first);
    }

    @Test
    void signalsDoNotMixAndReplaysHaveNone() {
        past(SERIES, "FR", Duration.ofDays(1), HOUR);
        past("marginal", "FR", Duration.ofDays(1), QUARTER);
        past("replay/abc", "FR", Duration.ofDays(1), HOUR);
        bed.pass(SECOND);
        assertThat(bed.forecasts).containsOnlyKeys(KEY, "wattledger:marginal/FR");
        assertThat(forecast().getSlots()).hasSize(72);
        assertThat(bed.forecasts.get("wattledger:marginal/FR").getSlots()).hasSize(72 * 4);
    }

    @Test
    void aSeriesThatGetsFinerGoesOnInItsShorterSlots() {
        past(SERIES, "FR", Duration.ofDays(2), HOUR);
        bed.intensity(live("FR", NOW.minus(QUARTER), QUARTER, 120, NOW));
        bed.pass(SECOND);
        assertThat(forecast().getSlots()).hasSize(72 * 4).allSatisfy(slot -> assertThat(slot.getLengthMillis())
                .isEqualTo(QUARTER.toMillis()));
    }

    @Test
    void valuesThatCannotBeAreLeftOut() {
        past(SERIES, "FR", Duration.ofDays(1), HOUR);
        bed.intensity(live("FR", NOW.minusSeconds(7200), HOUR, -5, NOW.plus(HOUR)));
        bed.intensity(live("FR", NOW.minusSeconds(7), HOUR, 5, NOW));
        bed.intensity(live("FR", Instant.parse("9999-01-01T00:00:00Z"), HOUR, 5, NOW));
        bed.intensity(live("FR", NOW.minusSeconds(7200), Duration.ofMinutes(7), 5, NOW));
        bed.pass(SECOND);
        assertThat(bed.stored(STORE)).isEqualTo(24);
        assertThat(forecast().getSlots()).hasSize(72);
    }

    @Test
    void whatIsOlderThanForecastsLookAtIsForgotten() {
        bed.intensity(live("FR", NOW.minus(Duration.ofDays(57)), HOUR, 100, NOW));
        past(SERIES, "FR", Duration.ofDays(3), HOUR);
        bed.pass(SECOND);
        assertThat(bed.stored(STORE)).isEqualTo(72);
        bed.pass(Duration.ofDays(55));
        bed.intensity(live("FR", NOW.plus(Duration.ofDays(55)), HOUR, 100, NOW));
        bed.pass(SECOND);
        assertThat(bed.stored(STORE)).isEqualTo(23 + 1);
    }

    @Test
    void canBeSwitchedOff() {
        var settings = LedgerTestBed.SETTINGS;
        var totals = new TotalsSettings(settings.horizon(), Duration.ofSeconds(10));
        var topology = LedgerTopology.build(
                LedgerTestBed.properties(),
                RecordSerdes.on(new InMemorySchemaRegistry()),
                settings,
                totals,
                new ForecastSettings(Duration.ZERO),
                InstantSource.system());
        assertThat(topology.describe().toString()).doesNotContain("forecast");
    }
}
