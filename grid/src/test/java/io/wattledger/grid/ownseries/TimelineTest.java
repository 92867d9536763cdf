package io.wattledger.grid.ownseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant DAY = Instant.parse("2026-02-03T00:00:00Z");

    private final Timeline hourly = new Timeline(Duration.ofHours(1));

    @Test
    void aValueHoldsToItsOwnEnd() {
        hourly.add(entry(0, 90, 300));

        assertThat(shown(hourly)).containsExactly("0-90 300");
    }

    @Test
    void aValueWithoutAnEndHoldsForTheUsualInterval() {
        hourly.add(entry(0, null, 300));
        hourly.add(entry(120, null, 310));

        assertThat(shown(hourly)).containsExactly("0-60 300", "120-180 310");
    }

    @Test
    void noValueHoldsBeyondTheNext() {
        hourly.add(entry(0, null, 300));
        hourly.add(entry(15, 180, 310));
        hourly.add(entry(30, null, 320));

        assertThat(shown(hourly)).containsExactly("0-15 300", "15-30 310", "30-90 320");
    }

    @Test
    void withoutAUsualIntervalAValueHoldsUntilTheNextAndTheLastIsNotGiven() {
        var untilNext = new Timeline(Duration.ZERO);
        untilNext.add(entry(0, null, 300));
        untilNext.add(entry(600, null, 310));
        untilNext.add(entry(900, 930, 320));
        untilNext.add(entry(1000, null, 330));

        assertThat(shown(untilNext)).containsExactly("0-600 300", "600-900 310", "900-930 320");
    }

    @Test
    void anEntryWithoutAValueEndsTheOneBefore() {
        var untilNext = new Timeline(Duration.ZERO);
        untilNext.add(entry(0, null, 300));
        untilNext.add(new Entry(at(60), null, DAY, null));
        untilNext.add(entry(120, 180, 310));

        assertThat(shown(untilNext)).containsExactly("0-60 300", "120-180 310");
    }

    @Test
    void theLaterVersionOfAnIntervalIsUsedAndOfEqualOnesTheLaterEntry() {
        hourly.add(entry(0, null, 300, DAY.plusSeconds(2)));
        hourly.add(entry(0, null, 310, DAY.plusSeconds(1)));
        hourly.add(entry(60, null, 400));
        hourly.add(entry(60, null, 410));
        hourly.add(entry(120, null, 500));
        hourly.add(Entry.boundary(at(120)));

        assertThat(shown(hourly)).containsExactly("0-60 300", "60-120 410", "120-180 500");
    }

    @Test
    void givesWhatOverlapsARange() {
        for (int minute = 0; minute < 300; minute += 60) {
            hourly.add(entry(minute, null, minute));
        }

        assertThat(hourly.between(at(90), at(180)))
                .extracting(value -> value.start())
                .containsExactly(at(60), at(120));
        assertThat(hourly.between(at(120), at(121)))
                .extracting(value -> value.start())
                .containsExactly(at(120));
        assertThat(hourly.between(at(-60), at(0))).isEmpty();
        assertThat(hourly.between(at(300), at(900))).isEmpty();
        assertThat(new Timeline(Duration.ZERO).between(at(0), at(900))).isEmpty();
    }

    private static List<String> shown(Timeline timeline) {
        return timeline.between(at(-1000), at(10_000)).stream()
                .map(value -> minute(value.start()) + "-" + minute(value.end()) + " "
                        + value.intensity().microgramsPerKwh())
                .toList();
    }

    private static Entry entry(int minute, @Nullable Integer end, long micrograms) {
        return entry(minute, end, micrograms, DAY);
    }

    private static Entry entry(int minute, @Nullable Integer end, long micrograms, Instant version) {
        return new Entry(
                at(minute),
                end == null ? null : at(end),
                version,
                new Entry.Value(new CarbonIntensity(micrograms), true, null, null, null));
    }

    private static Instant at(int minute) {
        return DAY.plus(Duration.ofMinutes(minute));
    }

    private static long minute(Instant time) {
        return Duration.between(DAY, time).toMinutes();
    }
}
