package io.wattledger.accounting.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmissionFormulaTest {
    @Test
    void oneKilowattHourAtOnePointTwoAndAHundredGrams() {
        var emissions = EmissionFormula.of(
                new Energy(Energy.MILLIJOULES_PER_KWH), new Pue(1200), new CarbonIntensity(100_000_000));
        assertThat(emissions.grams()).isEqualByComparingTo("120");
    }

    @Test
    void roundsHalfToEven() {
        // 1.8 MJ (half a kilowatt-hour) at 1 and at 3 µg/kWh are 0.5 and 1.5 µg.
        var half = new Energy(Energy.MILLIJOULES_PER_KWH / 2);
        assertThat(EmissionFormula.of(half, Pue.ONE, new CarbonIntensity(1))).isEqualTo(new Emissions(0));
        assertThat(EmissionFormula.of(half, Pue.ONE, new CarbonIntensity(3))).isEqualTo(new Emissions(2));
    }

    @Test
    void isExactWhereAProductExceedsALong() {
        Cases.check(500, random -> {
            long energy = random.nextLong(1L << (1 + random.nextInt(43)));
            int pue = 1000 + random.nextInt(1000);
            long intensity = random.nextLong(1_500_000_000L);
            var exact = new BigDecimal(energy)
                    .multiply(new BigDecimal(pue))
                    .multiply(new BigDecimal(intensity))
                    .divide(new BigDecimal("3600000000000"), 0, RoundingMode.HALF_EVEN);
            var whole = EmissionFormula.of(new Energy(energy), new Pue(pue), new CarbonIntensity(intensity));
            assertThat(whole.micrograms()).isEqualTo(exact.longValueExact());
            long cpu = energy / 3;
            assertThat(Arrays.stream(EmissionFormula.byComponent(whole, cpu, 0, energy - cpu, 0))
                            .sum())
                    .isEqualTo(whole.micrograms());
        });
    }
}
