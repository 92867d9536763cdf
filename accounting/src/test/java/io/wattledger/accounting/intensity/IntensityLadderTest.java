package io.wattledger.accounting.intensity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntensityLadderTest {
    private static final Comparator<AnnualValue> LADDER = IntensityLadder.bestFor(2026, "lifecycle");
    private static final AnnualValue WORLD = new AnnualValue(9, true, 2023, "lifecycle");

    @Test
    void theOwnZoneGoesFirst() {
        assertBest(zone(0, 2022, "lifecycle"), zone(1, 2023, "lifecycle"), WORLD);
    }

    @Test
    void aParentByTheSameMethodGoesBeforeADifferentlyMadeChild() {
        assertBest(zone(1, 2022, "lifecycle"), zone(0, 2016, "direct"), zone(0, 2023, "direct"), WORLD);
    }

    @Test
    void aFreshParentGoesBeforeAStaleChildAndOneOfUnknownYear() {
        assertBest(zone(1, 2023, "lifecycle"), zone(0, 2009, "lifecycle"), zone(0, 0, "lifecycle"), WORLD);
    }

    @Test
    void amongStaleValuesTheNewestGoesFirst() {
        assertBest(zone(1, 2015, "lifecycle"), zone(0, 2009, "lifecycle"), zone(0, 0, "lifecycle"));
    }

    @Test
    void anythingOfThePlaceGoesBeforeTheWorld() {
        assertBest(zone(0, 2009, "lifecycle"), WORLD);
        assertBest(zone(0, 0, "unknown"), WORLD);
    }

    @Test
    void withinAZoneTheRowsOwnYearThenTheNearestEarlierThenALaterOne() {
        var of2021 = IntensityLadder.bestFor(2021, "lifecycle");
        var values = List.of(
                zone(0, 2023, "lifecycle"),
                zone(0, 2020, "lifecycle"),
                zone(0, 2021, "lifecycle"),
                zone(0, 2019, "lifecycle"));
        assertThat(values.stream().sorted(of2021).map(AnnualValue::year)).containsExactly(2021, 2020, 2019, 2023);
    }

    private static AnnualValue zone(int distance, int year, String method) {
        return new AnnualValue(distance, false, year, method);
    }

    private static void assertBest(AnnualValue best, AnnualValue... others) {
        for (var other : others) {
            assertThat(LADDER.compare(best, other))
                    .as("%s before %s", best, other)
                    .isNegative();
        }
    }
}
