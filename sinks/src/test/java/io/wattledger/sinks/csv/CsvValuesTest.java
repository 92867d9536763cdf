package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CsvValuesTest {
    @Test
    void decimalsAreThoseOfBigDecimal() {
        Cases.check(2000, random -> {
            long value = random.nextLong() >> random.nextInt(64);
            int decimals = random.nextInt(13);
            var expected = BigDecimal.valueOf(value, decimals);
            var text = expected.signum() == 0 ? "0" : expected.stripTrailingZeros().toPlainString();
            assertThat(CsvValues.decimal(value, decimals)).isEqualTo(text);
            assertThat(CsvValues.decimal(expected)).isEqualTo(text);
        });
    }

    @Test
    void numbersOfAnySizeHaveNoExponent() {
        assertThat(CsvValues.decimal(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(CsvValues.decimal(new BigDecimal(BigInteger.TEN.pow(25), 3))).isEqualTo("1" + "0".repeat(22));
        assertThat(CsvValues.decimal(Long.MIN_VALUE, 3)).isEqualTo("-9223372036854775.808");
        assertThat(CsvValues.decimal(BigDecimal.ZERO)).isEqualTo("0");
        assertThat(CsvValues.kwh(Long.MAX_VALUE)).isEqualTo("2562047788.015215501944");
    }

    @Test
    void stampsHaveMilliseconds() {
        assertThat(CsvValues.stamp(Instant.parse("2026-03-01T10:00:00Z"))).isEqualTo("2026-03-01T10:00:00.000Z");
        assertThat(CsvValues.stamp(Instant.parse("2026-03-01T10:00:00.0019Z"))).isEqualTo("2026-03-01T10:00:00.001Z");
    }
}
