package io.wattledger.accounting.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "JOULE, 12.3456789, 12345678",
        "MILLIJOULE, 12.3456, 12345",
        "MICROJOULE, 7, 7",
        "KILOWATT_HOUR, 0.001, 3600000000",
        "JOULE, 0, 0"
    })
    void countsEnergyInMicrojoules(EnergyUnit unit, double value, long microjoules) {
        assertThat(unit.microjoules(value)).isEqualTo(microjoules);
    }

    @ParameterizedTest
    @CsvSource({"WATT, 1.2345, 1235", "MILLIWATT, 947, 947", "MICROWATT, 9391334, 9391", "WATT, 0, 0"})
    void givesPowerInMilliwatts(PowerUnit unit, double value, long milliwatts) {
        assertThat(unit.power(value)).isEqualTo(new Power(milliwatts));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e300})
    void refusesWhatIsNoCounter(double value) {
        assertThatThrownBy(() -> EnergyUnit.JOULE.microjoules(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNoPower() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.5}) {
            assertThatThrownBy(() -> PowerUnit.WATT.power(value)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
