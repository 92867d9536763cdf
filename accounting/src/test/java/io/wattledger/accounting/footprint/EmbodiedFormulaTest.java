package io.wattledger.accounting.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.testkit.Cases;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbodiedFormulaTest {
    private static final long FOUR_YEARS = Duration.ofDays(4 * 365).toMillis();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @Test
    void reproducesTheExampleOfTheSpecification() {
        // SCI specification 1.1.0: 1,000 kg over four years, reserved for one hour: 1,000 / 35,040 kg.
        assertThat(EmbodiedFormula.share(1_000_000, FOUR_YEARS, HOUR, 1)).isEqualTo(new Emissions(28_538_813));
    }

    @Test
    void aQuarterOfTheUnitsIsAQuarterOfTheMachine() {
        var whole = EmbodiedFormula.share(35_040_000, FOUR_YEARS, HOUR, 1);
        var quarter = EmbodiedFormula.share(35_040_000, FOUR_YEARS, 4 * HOUR, 16);
        assertThat(whole).isEqualTo(new Emissions(1_000_000_000));
        assertThat(quarter).isEqualTo(new Emissions(250_000_000));
    }

    @Test
    void roundsHalfToEven() {
        assertThat(EmbodiedFormula.share(1, 2, 1, 1)).isEqualTo(new Emissions(0));
        assertThat(EmbodiedFormula.share(1, 2, 3, 1)).isEqualTo(new Emissions(2));
    }

    @Test
    void sharesOfAllUnitsAddUpToWhatTheMachineIsAmortisedBy() {
        Cases.check(200, random -> {
            int units = 1 + random.nextInt(256);
            long grams = random.nextLong(5_000_000);
            long lifetime = 1 + random.nextLong(FOUR_YEARS * 2);
            long nanos = random.nextLong(HOUR);
            var weights = random.longs(1 + random.nextInt(9), 0, 1000).toArray();
            long sum = 0;
            for (long part : LargestRemainder.divide(nanos * units, weights)) {
                sum += EmbodiedFormula.share(grams, lifetime, part, units).micrograms();
            }
            long whole = EmbodiedFormula.share(grams, lifetime, nanos, 1).micrograms();
            // Half a microgram per row, and half for the whole.
            assertThat(Math.abs(sum - whole) * 2).isLessThanOrEqualTo(weights.length + 1);
        });
    }

    @Test
    void refusesWhatCannotBeAmortised() {
        assertThatThrownBy(() -> EmbodiedFormula.share(-1, 1, 1, 1)).hasMessageContaining("-1 g");
        assertThatThrownBy(() -> EmbodiedFormula.share(1, 0, 1, 1)).hasMessageContaining("over 0 ms");
        assertThatThrownBy(() -> EmbodiedFormula.share(1, 1, 1, 0)).hasMessageContaining("of 0 units");
    }
}
