package io.wattledger.accounting.counter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingEnergyTest {
    private static final long RANGE = 262_143_328_850L;

    @Test
    void isTheProgressOfTheCounterLessWhatTheNextSampleTold() {
        assertThat(new MissingEnergy(1_000_999, 31_001_000, RANGE, 10_000, 3_000, 10_000).millijoules())
                .hasValue(20_001);
    }

    @Test
    void goesOnAcrossOneWrap() {
        assertThat(new MissingEnergy(RANGE - 5_000_000, 5_000_000, RANGE, 4_000, 1_000, 10_000).millijoules())
                .hasValue((5_000_000 + RANGE) / 1000 - (RANGE - 5_000_000) / 1000 - 4_000);
    }

    @Test
    void isNotProvenByHalfARangeOrMore() {
        assertThat(new MissingEnergy(0, RANGE / 2, RANGE, 0, 1_000, 10_000).millijoules())
                .isEmpty();
        assertThat(new MissingEnergy(0, RANGE / 2 - 1, RANGE, 0, 1_000, 10_000).millijoules())
                .isPresent();
    }

    @Test
    void isNotProvenWhereTheCounterMayHaveComeRound() {
        long hour = 3_600_000;
        assertThat(new MissingEnergy(0, 1_000_000, RANGE, 0, hour, 100_000).millijoules())
                .isEmpty();
        assertThat(new MissingEnergy(0, 1_000_000, RANGE, 0, hour, 20_000).millijoules())
                .hasValue(1_000);
        assertThat(new MissingEnergy(0, 1_000_000, RANGE, 0, Long.MAX_VALUE / 4, 20_000).millijoules())
                .isEmpty();
        assertThat(new MissingEnergy(0, 1_000_000, RANGE, 0, 1L << 32, 1L << 30).millijoules())
                .isEmpty();
    }

    @Test
    void aCounterWithoutRangeProvesAllItHasGoneOnAndNothingWhenItFell() {
        assertThat(new MissingEnergy(1_000, 9_000_000_000L, 0, 1_000, 86_400_000, 1_000_000).millijoules())
                .hasValue(8_998_999);
        assertThat(new MissingEnergy(9_000, 1_000, 0, 0, 1_000, 1_000).millijoules())
                .isEmpty();
    }

    @Test
    void isNeverNegative() {
        assertThat(new MissingEnergy(0, 1_000_000, RANGE, 5_000, 1_000, 10_000).millijoules())
                .hasValue(0);
    }
}
