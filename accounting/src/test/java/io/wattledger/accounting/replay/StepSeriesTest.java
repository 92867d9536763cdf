package io.wattledger.accounting.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.testkit.Cases;
import java.util.ArrayList;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StepSeriesTest {
    private static final long MINUTE = 60_000;

    private static StepSeries series(long... stampsAndValues) {
        var builder = new StepSeries.Builder();
        for (int i = 0; i < stampsAndValues.length; i += 2) {
            builder.add(stampsAndValues[i], stampsAndValues[i + 1]);
        }
        return builder.build();
    }

    @Test
    void sortsAndLetsALaterDuplicateWin() {
        Cases.check(200, random -> {
            var builder = new StepSeries.Builder();
            var expected = new TreeMap<Long, Long>();
            int size = 1 + random.nextInt(100);
            for (int i = 0; i < size; i++) {
                long stamp = random.nextInt(60);
                long value = random.nextInt(1000) - 1;
                builder.add(stamp, value);
                expected.put(stamp, value);
            }
            var series = builder.build();
            var stamps = new ArrayList<Long>();
            var values = new ArrayList<Long>();
            for (int i = 0; i < series.size(); i++) {
                stamps.add(series.stamp(i));
                values.add(series.value(i));
            }
            assertThat(stamps).containsExactlyElementsOf(expected.keySet());
            assertThat(values).containsExactlyElementsOf(expected.values());
            assertThat(series.first()).isEqualTo(expected.firstKey());
            assertThat(series.last()).isEqualTo(expected.lastKey());
        });
    }

    @Test
    void aValueHoldsUntilTheNextAndTheLastAddsNothing() {
        var series = series(10, 5, 20, 6, 30, StepSeries.NONE, 40, 7);
        assertThat(series.over(10, 20)).hasValue(5);
        assertThat(series.over(12, 15)).hasValue(5);
        assertThat(series.over(20, 30)).hasValue(6);
        assertThat(series.over(9, 20)).isEmpty();
        assertThat(series.over(15, 25)).isEmpty();
        assertThat(series.over(30, 40)).isEmpty();
        assertThat(series.over(40, 41)).isEmpty();
    }

    @Test
    void countsStretchesWithoutAValueAsGaps() {
        var series = series(0, -1, 10, -1, 20, 5, 30, -1, 35, 6, 50, -1);
        assertThat(series.gaps()).isEqualTo(new Gaps(2, 25));
        assertThat(series(0, 5).gaps()).isEqualTo(Gaps.NONE);
    }

    @Test
    void aLongHoldBecomesAGap() {
        var series = series(0, 5, 10, 6, 21, 7, 31, 8);
        assertThat(series.withoutHoldsLongerThan(10).gaps()).isEqualTo(new Gaps(1, 11));
        assertThat(series.withoutHoldsLongerThan(11).gaps()).isEqualTo(Gaps.NONE);
        assertThat(series.gaps()).isEqualTo(Gaps.NONE);
    }

    @Test
    void findsTheLongestSlotThatAllStampsFit() {
        assertThat(series(0, 1, 120 * MINUTE, 1).longestSlot()).isEqualTo(new SlotLength(60 * MINUTE));
        assertThat(series(0, 1, 30 * MINUTE, 1).longestSlot()).isEqualTo(new SlotLength(30 * MINUTE));
        assertThat(series(0, 1, 45 * MINUTE, 1).longestSlot()).isEqualTo(new SlotLength(15 * MINUTE));
        assertThat(series(0, 1, 20 * MINUTE, 1).longestSlot()).isEqualTo(new SlotLength(5 * MINUTE));
        assertThat(series(0, 1, 20 * MINUTE + 1, 1).longestSlot()).isNull();
        assertThat(series(0, 1, 20 * MINUTE + 1, 1).firstOffBorder(new SlotLength(5 * MINUTE)))
                .isEqualTo(1);
    }

    @Test
    void isNeverEmptyAndHasNoNegativeValue() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> new StepSeries.Builder().build());
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> series(0, -2));
    }
}
