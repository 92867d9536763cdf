package io.wattledger.accounting.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.accounting.quantity.Water;
import io.wattledger.accounting.quantity.WaterIntensity;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class WaterFormulaTest {
    private static final Energy ONE_KILOWATT_HOUR = new Energy(Energy.MILLIJOULES_PER_KWH);

    @Test
    void reproducesTheUsAverageOfThePublishedTable() {
        // arXiv:2304.03271, table 1: WUE 0.550 l/kWh, PUE 1.170, EWIF 3.142 l/kWh.
        var site = WaterIntensity.ofLitresPerKwh(new BigDecimal("0.550"));
        var grid = WaterIntensity.ofLitresPerKwh(new BigDecimal("3.142"));
        assertThat(WaterFormula.onSite(ONE_KILOWATT_HOUR, site).litres()).isEqualByComparingTo("0.55");
        assertThat(WaterFormula.atSource(ONE_KILOWATT_HOUR, new Pue(1170), grid).litres())
                .isEqualByComparingTo("3.67614");
    }

    @Test
    void onSiteWaterDoesNotDependOnPueAndSourceWaterDoes() {
        var litre = WaterIntensity.ofMillilitresPerKwh(1000);
        assertThat(WaterFormula.onSite(ONE_KILOWATT_HOUR, litre)).isEqualTo(new Water(1_000_000));
        assertThat(WaterFormula.atSource(ONE_KILOWATT_HOUR, new Pue(1500), litre))
                .isEqualTo(new Water(1_500_000));
    }

    @Test
    void roundsHalfToEven() {
        var half = new Energy(Energy.MILLIJOULES_PER_KWH / 2);
        assertThat(WaterFormula.onSite(half, new WaterIntensity(1))).isEqualTo(new Water(0));
        assertThat(WaterFormula.onSite(half, new WaterIntensity(3))).isEqualTo(new Water(2));
        assertThat(WaterFormula.atSource(half, Pue.ONE, new WaterIntensity(1))).isEqualTo(new Water(0));
        assertThat(WaterFormula.atSource(half, Pue.ONE, new WaterIntensity(3))).isEqualTo(new Water(2));
    }

    @Test
    void isExactWhereAProductExceedsALong() {
        Cases.check(300, random -> {
            long energy = random.nextLong(1L << (1 + random.nextInt(43)));
            int pue = 1000 + random.nextInt(1000);
            long perKwh = random.nextLong(20_000_000L);
            var product = new BigDecimal(energy).multiply(new BigDecimal(perKwh));
            var onSite = product.divide(new BigDecimal("3600000000"), 0, RoundingMode.HALF_EVEN);
            var atSource = product.multiply(new BigDecimal(pue))
                    .divide(new BigDecimal("3600000000000"), 0, RoundingMode.HALF_EVEN);
            var intensity = new WaterIntensity(perKwh);
            assertThat(WaterFormula.onSite(new Energy(energy), intensity).microlitres())
                    .isEqualTo(onSite.longValueExact());
            assertThat(WaterFormula.atSource(new Energy(energy), new Pue(pue), intensity)
                            .microlitres())
                    .isEqualTo(atSource.longValueExact());
        });
    }

    @Test
    void readsLitresToTheNearestMicrolitre() {
        assertThat(WaterIntensity.ofLitresPerKwh(new BigDecimal("1.7034"))).isEqualTo(new WaterIntensity(1_703_400));
        assertThat(WaterIntensity.ofLitresPerKwh(new BigDecimal("0.0000005"))).isEqualTo(new WaterIntensity(0));
        assertThat(WaterIntensity.ofLitresPerKwh(new BigDecimal("0.0000015"))).isEqualTo(new WaterIntensity(2));
    }

    @Test
    void refusesWaterPerEnergyBelowZero() {
        assertThatThrownBy(() -> new WaterIntensity(-1)).hasMessageContaining("-1 µL/kWh");
    }
}
