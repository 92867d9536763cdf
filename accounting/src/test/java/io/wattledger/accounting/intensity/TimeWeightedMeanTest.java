package io.wattledger.accounting.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.intensity.TimeWeightedMean.Part;
import io.wattledger.testkit.Cases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeWeightedMeanTest {
    @Test
    void eachPartWeighsAsMuchAsItLasts() {
        var parts = List.of(new Part(0, 5, 100), new Part(5, 15, 400));

        assertThat(TimeWeightedMean.of(0, 15, parts)).hasValue(300);
    }

    @Test
    void aPartThatGoesBeyondTheSpanCountsWithWhatIsInside() {
        assertThat(TimeWeightedMean.of(10, 20, List.of(new Part(0, 60, 311)))).hasValue(311);
        assertThat(TimeWeightedMean.of(10, 20, List.of(new Part(0, 15, 100), new Part(15, 30, 200))))
                .hasValue(150);
    }

    @Test
    void aGapOrAnOverlapLeavesItUnknown() {
        assertThat(TimeWeightedMean.of(0, 15, List.of())).isEmpty();
        assertThat(TimeWeightedMean.of(0, 15, List.of(new Part(0, 10, 1)))).isEmpty();
        assertThat(TimeWeightedMean.of(0, 15, List.of(new Part(5, 15, 1)))).isEmpty();
        assertThat(TimeWeightedMean.of(0, 15, List.of(new Part(0, 5, 1), new Part(10, 15, 1))))
                .isEmpty();
        assertThat(TimeWeightedMean.of(0, 15, List.of(new Part(0, 10, 1), new Part(5, 15, 1))))
                .isEmpty();
    }

    @Test
    void zeroIsAValueAndHalvesGoToEven() {
        assertThat(TimeWeightedMean.of(0, 2, List.of(new Part(0, 1, 0), new Part(1, 2, 1))))
                .hasValue(0);
        assertThat(TimeWeightedMean.of(0, 2, List.of(new Part(0, 1, 1), new Part(1, 2, 2))))
                .hasValue(2);
    }

    @Test
    void anEmptySpanIsRefused() {
        assertThatThrownBy(() -> TimeWeightedMean.of(5, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Part(5, 5, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Cutting parts into smaller ones of the same value, and their order, changes nothing. */
    @Test
    void cuttingAndShufflingChangesNothing() {
        Cases.check(200, random -> {
            var whole = new ArrayList<Part>();
            var cut = new ArrayList<Part>();
            long at = 0;
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                long length = 2 + random.nextInt(1_000);
                long value = random.nextInt(2_000_000_000);
                whole.add(new Part(at, at + length, value));
                cut.add(new Part(at, at + length / 2, value));
                cut.add(new Part(at + length / 2, at + length, value));
                at += length;
            }
            Collections.shuffle(cut, random);

            var mean = TimeWeightedMean.of(0, at, whole);

            assertThat(mean).isPresent().isEqualTo(TimeWeightedMean.of(0, at, cut));
            assertThat(mean.getAsLong())
                    .isBetween(
                            whole.stream().mapToLong(Part::value).min().orElseThrow(),
                            whole.stream().mapToLong(Part::value).max().orElseThrow());
        });
    }
}
