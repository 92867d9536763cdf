package io.wattledger.accounting.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatiosTest {
    @Test
    void effectiveIntensityIsEmissionsPerFacilityEnergy() {
        // 2 kWh and 112.000001 g: 56.0000005 g/kWh, rounded half to even.
        assertThat(Ratios.gramsPerKwh(new Energy(7_200_000_000L), new Emissions(112_000_001), null))
                .contains(new BigDecimal("56.000000"));
        assertThat(Ratios.gramsPerKwh(new Energy(1), new Emissions(1), null)).contains(new BigDecimal("3600.000000"));
        assertThat(Ratios.gramsPerKwh(new Energy(1), new Emissions(1), new CarbonIntensity(56_000_000)))
                .contains(new BigDecimal("56.000000"));
        assertThat(Ratios.gramsPerKwh(Energy.ZERO, Emissions.ZERO, null)).isEmpty();
    }

    @Test
    void pueIsFacilityEnergyPerItEnergy() {
        assertThat(Ratios.pue(new Energy(349_920), new Energy(291_600))).contains(new BigDecimal("1.200"));
        assertThat(Ratios.pue(Energy.ZERO, Energy.ZERO)).isEmpty();
    }

    @Test
    void percentHasOneDecimal() {
        assertThat(Ratios.percent(new Energy(45), new Energy(100))).contains(new BigDecimal("45.0"));
        assertThat(Ratios.percent(new Energy(1), new Energy(3))).contains(new BigDecimal("33.3"));
        assertThat(Ratios.percent(new Energy(200), new Energy(100))).contains(new BigDecimal("200.0"));
        assertThat(Ratios.percent(new Energy(1), Energy.ZERO)).isEmpty();
    }

    @Test
    void sharesAddUpToOne() {
        assertThat(Ratios.shares(1, 1, 1))
                .containsExactly(new BigDecimal("0.334"), new BigDecimal("0.333"), new BigDecimal("0.333"));
        assertThat(Ratios.shares()).isEmpty();
        Cases.check(200, random -> {
            var amounts = random.longs(1 + random.nextInt(9), 0, 1L << 50).toArray();
            assertThat(Ratios.shares(amounts).stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(BigDecimal.ONE);
        });
    }

    @Test
    void powerAndRateAreAveragesOverTime() {
        // 291.6 J in 14.2 s.
        assertThat(Ratios.power(new Energy(291_600), Duration.ofMillis(14_200))).contains(new Power(20_535));
        assertThat(Ratios.kilogramsPerSecond(new Emissions(5_000_000), Duration.ofSeconds(2)))
                .hasValueSatisfying(rate -> assertThat(rate).isEqualByComparingTo("0.0025"));
        assertThat(Ratios.perHour(new Emissions(200_000), Duration.ofMinutes(1)))
                .contains(new Emissions(12_000_000));
    }

    @Test
    void nothingIsAnAverageOverNoTime() {
        assertThat(Ratios.power(new Energy(1), Duration.ZERO)).isEmpty();
        assertThat(Ratios.kilogramsPerSecond(new Emissions(1), Duration.ZERO)).isEmpty();
        assertThat(Ratios.perHour(new Emissions(1), Duration.ZERO)).isEmpty();
    }
}
