package io.wattledger.cli.audit;

import static io.wattledger.cli.audit.Records.SETTINGS;
import static io.wattledger.cli.audit.Records.SLOT;
import static io.wattledger.cli.audit.Records.SLOT_LENGTH;
import static io.wattledger.cli.audit.Records.live;
import static io.wattledger.cli.audit.Records.liveKey;
import static io.wattledger.cli.audit.Records.putAnnual;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GridBookTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final GridBook grid = new GridBook(SETTINGS);

    private Intensity of(String zone) {
        return grid.of("web-1", zone, SLOT, SLOT_LENGTH);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(of("FR")).isEqualTo(Intensity.NONE);
    }

    @Test
    void theBetterRungThenTheNewerVersionStaysWhicheverComesLast() {
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_ESTIMATED, 9, 10, QUARTER));
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_MEASURED, 2, 20, QUARTER));
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_MEASURED, 1, 30, QUARTER));
        assertThat(of("FR").microgramsPerKwh()).isEqualTo(20);
    }

    @Test
    void aSecondWriterWaitsThoughItsValueIsBetterUntilTheFirstHasBeenSilentForADay() {
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_ESTIMATED, 1, 10, QUARTER));
        var second = live(IntensityRung.LIVE_MEASURED, 2, 20, QUARTER);
        second.setSource("another provider");
        grid.put(liveKey(QUARTER), second);
        assertThat(of("FR").microgramsPerKwh()).isEqualTo(10);

        var dayLater = live(IntensityRung.LIVE_MEASURED, 86_401, 30, QUARTER);
        dayLater.setSource("another provider");
        var nextSlot = SLOT.plus(QUARTER);
        grid.put(new GridIntensityKey("average-lifecycle", "FR", nextSlot, QUARTER.toMillis()), dayLater);
        assertThat(of("FR").microgramsPerKwh()).isEqualTo(20);
    }

    @Test
    void whatAWriterPublishesAfterItsEndWaits() {
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_ESTIMATED, 1, 10, QUARTER));
        var second = live(IntensityRung.LIVE_ESTIMATED, 2 * 86_400, 20, QUARTER);
        second.setSource("another provider");
        grid.put(liveKey(QUARTER), second);
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_MEASURED, 2 * 86_400 + 1, 30, QUARTER));
        assertThat(of("FR").microgramsPerKwh()).isEqualTo(20);
    }

    @Test
    void aWithdrawnValueFallsToTheNextRung() {
        putAnnual(grid, "FR", 2025, 56, null);
        grid.put(liveKey(HOUR), live(IntensityRung.LIVE_MEASURED, 1, 20, HOUR));
        assertThat(of("FR").rung()).isEqualTo(IntensityRung.LIVE_MEASURED);
        grid.put(liveKey(HOUR), null);
        assertThat(of("FR")).satisfies(intensity -> {
            assertThat(intensity.rung()).isEqualTo(IntensityRung.ANNUAL_ZONE);
            assertThat(intensity.microgramsPerKwh()).isEqualTo(56);
        });
    }

    @Test
    void aParentGoesForAZoneWithoutAValueAndTheWorldForAll() {
        putAnnual(grid, "WORLD", 2025, 480, null);
        putAnnual(grid, "US", 2025, 380, "WORLD");
        assertThat(of("US-CA")).satisfies(intensity -> {
            assertThat(intensity.rung()).isEqualTo(IntensityRung.ANNUAL_PARENT);
            assertThat(intensity.zone()).isEqualTo("US");
        });
        assertThat(of("unknown").rung()).isEqualTo(IntensityRung.WORLD);
    }

    @Test
    void aZoneWithoutAValueIsInTheCountryItsIdBeginsWithAndNotInAStateOfThatName() {
        putAnnual(grid, "US", 2025, 380, "WORLD");
        putAnnual(grid, "US-NE", 2025, 500, "US");
        assertThat(of("US-NE-ISNE").zone()).isEqualTo("US");
        assertThat(grid.zonesAround("US-NE-ISNE")).containsExactly("US-NE-ISNE", "US", "WORLD");
    }

    @Test
    void onlyAReplayUsesItsPrivateSeries() {
        var value = live(IntensityRung.LIVE_MEASURED, 1, 7, QUARTER);
        value.setSeries("replay/x");
        grid.put(new GridIntensityKey("replay/x", "FR", SLOT, QUARTER.toMillis()), value);
        assertThat(of("FR")).isEqualTo(Intensity.NONE);
        assertThat(grid.of("replay/x", "FR", SLOT, SLOT_LENGTH).microgramsPerKwh())
                .isEqualTo(7);
    }

    @Test
    void whatCannotBeRightIsRefused() {
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_MEASURED, 1, -1, QUARTER));
        grid.put(liveKey(QUARTER), live(IntensityRung.LIVE_MEASURED, 1, 3_000_000_001L, QUARTER));
        assertThat(of("FR")).isEqualTo(Intensity.NONE);
        assertThat(grid.refused()).isEqualTo(2);
    }
}
