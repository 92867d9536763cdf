package io.wattledger.accounting.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Water;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadableTest {
    @Test
    void choosesTheUnitThatSuitsTheSize() {
        assertThat(Readable.energy(new Energy(291_600))).isEqualTo("0.081 Wh");
        assertThat(Readable.energy(new Energy(4_500_000_000L))).isEqualTo("1.25 kWh");
        assertThat(Readable.energy(new Energy(12_345_678_900_000L))).isEqualTo("3.43 MWh");
        assertThat(Readable.energy(Energy.ZERO)).isEqualTo("0 Wh");
        assertThat(Readable.emissions(new Emissions(4_600))).isEqualTo("4.6 mg CO2eq");
        assertThat(Readable.emissions(new Emissions(12))).isEqualTo("12 µg CO2eq");
        assertThat(Readable.emissions(new Emissions(1_234_000_000))).isEqualTo("1.23 kg CO2eq");
        assertThat(Readable.water(new Water(3_250))).isEqualTo("3.25 ml");
        assertThat(Readable.water(new Water(1_500_000))).isEqualTo("1.5 l");
    }

    @Test
    void showsPartsInTheUnitOfTheWhole() {
        assertThat(Readable.part(new Energy(36_000), new Energy(7_200_000_000L)))
                .isEqualTo("0.00001");
    }

    @Test
    void showsDurationsInTwoUnits() {
        assertThat(Readable.duration(Duration.ofMillis(1530))).isEqualTo("1.5 s");
        assertThat(Readable.duration(Duration.ofSeconds(723))).isEqualTo("12 min 3 s");
        assertThat(Readable.duration(Duration.ofMinutes(200))).isEqualTo("3 h 20 min");
    }

    @Test
    void keepsThreeDigitsOfAnIntensity() {
        assertThat(Readable.gramsPerKwh(new BigDecimal("56.044001"))).isEqualTo("56");
        assertThat(Readable.gramsPerKwh(new BigDecimal("480.7"))).isEqualTo("481");
    }
}
