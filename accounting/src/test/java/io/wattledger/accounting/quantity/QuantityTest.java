package io.wattledger.accounting.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void energyConvertsAtTheEdge() {
        var energy = new Energy(1_800_000_000L);
        assertThat(energy.joules()).isEqualTo(1_800_000);
        assertThat(energy.wattHours()).isEqualTo(500);
        assertThat(energy.kilowattHours()).isEqualByComparingTo("0.5");
        assertThat(Energy.ZERO.kilowattHours()).isEqualByComparingTo("0");
        assertThat(energy.plus(new Energy(1)).minus(energy))
                .isEqualTo(new Energy(1))
                .isGreaterThan(Energy.ZERO);
    }

    @Test
    void energyOverflowIsAnError() {
        assertThatThrownBy(() -> new Energy(Long.MAX_VALUE).plus(new Energy(1)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void powerOverTimeIsEnergy() {
        assertThat(Power.ofWatts(100).over(Duration.ofMinutes(36))).isEqualTo(new Energy(216_000_000));
        assertThat(new Power(1).over(Duration.ofMillis(500))).isEqualTo(Energy.ZERO);
        assertThat(new Power(3).over(Duration.ofMillis(500))).isEqualTo(new Energy(2));
        assertThat(new Power(1500).watts()).isEqualTo(1.5);
        assertThatThrownBy(() -> Power.ofWatts(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void powerIsRoundedToTheNearestMilliwattOnce() {
        assertThat(Power.ofMicrowatts(183_456_789)).isEqualTo(new Power(183_457));
        assertThat(Power.ofMicrowatts(2_500)).isEqualTo(new Power(2));
        assertThat(Power.of(19_032, 425)).isEqualTo(new Power(8_089));
        assertThat(Power.of(5_000, 0)).isEqualTo(Power.ZERO);
        assertThat(new Power(1_000).plus(new Power(5))).isEqualTo(new Power(1_005));
    }

    @Test
    void aShareOfAPowerIsNeverStatedTooSmall() {
        assertThat(Power.ofWatts(1).thousandthsOf(Power.ofWatts(100))).isEqualTo(10);
        assertThat(Power.ofWatts(1).thousandthsOf(Power.ofWatts(300))).isEqualTo(4);
        assertThatThrownBy(() -> Power.ofWatts(1).thousandthsOf(Power.ZERO)).hasMessageContaining("0 mW");
    }

    @Test
    void intensityIsNeverNegative() {
        assertThat(CarbonIntensity.ofGramsPerKwh(new BigDecimal("56.0000005")).microgramsPerKwh())
                .isEqualTo(56_000_000);
        assertThat(new CarbonIntensity(56_500_000).gramsPerKwh()).isEqualTo(56.5);
        assertThatThrownBy(() -> new CarbonIntensity(-1)).hasMessageContaining("-1");
    }

    @Test
    void pueIsAtLeastOne() {
        assertThat(Pue.of(new BigDecimal("1.125"))).isEqualTo(new Pue(1125));
        assertThat(new Pue(1500).facility(new Energy(3))).isEqualTo(new Energy(4));
        assertThatThrownBy(() -> Pue.of(new BigDecimal("0.9"))).hasMessageContaining("0.9");
    }

    @Test
    void emissionsAddUp() {
        var emissions = new Emissions(1_500).plus(new Emissions(500));
        assertThat(emissions.milligrams()).isEqualTo(2);
        assertThat(emissions.grams()).isEqualByComparingTo("0.002");
    }

    @Test
    void roundingIsThatOfBigDecimal() {
        Cases.check(500, random -> {
            long a = random.nextLong() >> random.nextInt(60);
            long b = random.nextLong() >> (8 + random.nextInt(50));
            long divisor = 1 + (random.nextLong() >>> 2);
            var exact = new BigDecimal(a)
                    .multiply(new BigDecimal(b))
                    .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_EVEN);
            if (exact.toBigInteger().bitLength() < 63) {
                assertThat(Rounding.mulDiv(a, b, divisor, RoundingMode.HALF_EVEN))
                        .isEqualTo(exact.longValueExact());
            }
        });
    }
}
