package io.wattledger.accounting.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntensityUnitTest {
    @ParameterizedTest
    @CsvSource({
        "g/kWh, 402.6, 402600000",
        "kg/kWh, 0.4026, 402600000",
        "kg/MWh, 402.6, 402600000",
        "t/MWh, 0.4026, 402600000",
        "lb/MWh, 1, 453592",
        "lb/MWh, 870.0, 394625362",
        "lb/MWh, 100000000, 45359237000000",
        "g/kWh, 0.0000005, 0",
        "g/kWh, 0.0000015, 2",
        "g/kWh, 0.0000025, 2",
        "t/MWh, 0.0000000005, 0",
        "t/MWh, 0.0000000006, 1",
        "g/kWh, 0, 0"
    })
    void convertsExactlyAndRoundsOnce(String symbol, BigDecimal value, long micrograms) {
        var grams = IntensityUnit.of(symbol).orElseThrow().gramsPerKwh(value);

        assertThat(CarbonIntensity.ofGramsPerKwh(grams)).isEqualTo(new CarbonIntensity(micrograms));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsSymbol(IntensityUnit unit) {
        assertThat(IntensityUnit.of(unit.symbol())).contains(unit);
    }

    @Test
    void doesNotGuessAUnit() {
        assertThat(IntensityUnit.of("lbs")).isEmpty();
        assertThat(IntensityUnit.of("G/KWH")).isEmpty();
    }
}
