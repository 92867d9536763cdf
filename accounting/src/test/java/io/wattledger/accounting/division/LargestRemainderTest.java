package io.wattledger.accounting.division;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.testkit.Cases;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
    @Test
    void givesWhatIsLeftToTheLargestRemainder() {
        assertThat(LargestRemainder.divide(10, new long[] {1, 1, 4})).containsExactly(2, 2, 6);
        assertThat(LargestRemainder.divide(100, new long[] {1, 1, 1})).containsExactly(34, 33, 33);
    }

    @Test
    void breaksTiesByPrecedence() {
        assertThat(LargestRemainder.divide(100, new long[] {1, 1, 1}, new long[] {3, 2, 1}))
                .containsExactly(33, 33, 34);
    }

    @Test
    void dividesEquallyWhereNothingWasUsed() {
        assertThat(LargestRemainder.divide(7, new long[] {0, 0})).containsExactly(4, 3);
    }

    @Test
    void refusesNegativeWeightsAndTotals() {
        assertThatThrownBy(() -> LargestRemainder.divide(5, new long[] {2, -1})).hasMessageContaining("[2, -1]");
        assertThatThrownBy(() -> LargestRemainder.divide(-5, new long[] {2, 1})).hasMessageContaining("-5");
        assertThatThrownBy(() -> LargestRemainder.divide(5, new long[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partsAddUpAndStayWithinOneOfTheirQuota() {
        Cases.check(500, random -> {
            long total = random.nextLong(random.nextBoolean() ? 1_000 : Long.MAX_VALUE / 4);
            var weights = random.longs(1 + random.nextInt(6), 0, random.nextBoolean() ? 5 : Long.MAX_VALUE / 8)
                    .toArray();
            var parts = LargestRemainder.divide(total, weights);
            assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
            double sum = Arrays.stream(weights).sum();
            for (int i = 0; i < parts.length && sum > 0; i++) {
                double quota = total * (weights[i] / sum);
                assertThat((double) parts[i]).isBetween(quota - 1 - quota * 1e-12, quota + 1 + quota * 1e-12);
            }
        });
    }
}
