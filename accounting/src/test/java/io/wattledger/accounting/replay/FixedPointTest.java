package io.wattledger.accounting.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "587.6, 587600000000",
        "-587.6, -587600000000",
        "+3, 3000000000",
        "1., 1000000000",
        ".5, 500000000",
        "1e3, 1000000000000",
        "9.665640951000897e-08, 97",
        "1e-400000000, 0",
        "0e400000000, 0",
        "104.33998898700072, 104339988987",
        "0.0000000005, 0",
        "0.0000000015, 2",
        "9223372036.854775807, 9223372036854775807"
    })
    void readsDecimalNumbersExactlyToTheUnit(String text, long expected) {
        assertThat(FixedPoint.parse(text, 9)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "NaN", "Infinity", "1,5", "12 W", "0x10", "1.2.3", "1e", "--1"})
    void refusesWhatIsNoNumber(String text) {
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> FixedPoint.parse(text, 9));
    }

    @Test
    void refusesATextThatIsLongerThanAnyNumber() {
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> FixedPoint.parse("1".repeat(65), 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036.854775808", "1e10", "1e999999999", "99999999999999999999"})
    void refusesWhatDoesNotFit(String text) {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> FixedPoint.parse(text, 9));
    }

    @Test
    void isTheNumberOfTheText() {
        Cases.check(2000, random -> {
            var number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(60), random.nextInt(25));
            var text = random.nextBoolean() ? number.toString() : number.toPlainString();
            var expected = number.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
            if (expected.toBigInteger().bitLength() < 64) {
                assertThat(FixedPoint.parse(text, 6)).as(text).isEqualTo(expected.longValueExact());
            }
        });
    }
}
