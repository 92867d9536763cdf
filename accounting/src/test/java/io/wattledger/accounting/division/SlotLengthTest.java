package io.wattledger.accounting.division;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.testkit.Cases;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlotLengthTest {
    private static final SlotLength QUARTER = SlotLength.DEFAULT;

    @Test
    void splitsAnIntervalAtTheBorders() {
        assertThat(QUARTER.weights(899_000, 1_801_000)).containsExactly(1_000, 900_000, 1_000);
        assertThat(QUARTER.weights(0, 900_000)).containsExactly(900_000);
    }

    @Test
    void slotsAreAlignedToTheEpochBeforeItToo() {
        assertThat(QUARTER.startOf(-1)).isEqualTo(-900_000);
    }

    @Test
    void refusesOtherLengthsAndEmptyIntervals() {
        assertThatThrownBy(() -> new SlotLength(1_000)).hasMessageContaining("5, 15, 30 or 60 minutes");
        assertThatThrownBy(() -> QUARTER.weights(5, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weightsAddUpToTheInterval() {
        Cases.check(200, random -> {
            long start = random.nextLong(2_000_000_000_000L);
            long length = 1 + random.nextLong(10_000_000);
            assertThat(Arrays.stream(QUARTER.weights(start, start + length)).sum())
                    .isEqualTo(length);
        });
    }
}
