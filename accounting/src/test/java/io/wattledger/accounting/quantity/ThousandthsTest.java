package io.wattledger.accounting.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThousandthsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "41, 410", "83.79, 838", "78.45, 784", "78.55, 786", "100, 1000"})
    void roundsPercentToTheNearestThousandth(BigDecimal percent, int thousandths) {
        assertThat(Thousandths.ofPercent(percent)).isEqualTo(thousandths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "100.01", "1e999999999"})
    void refusesWhatIsNoShare(BigDecimal percent) {
        assertThatThrownBy(() -> Thousandths.ofPercent(percent)).isInstanceOf(IllegalArgumentException.class);
    }
}
