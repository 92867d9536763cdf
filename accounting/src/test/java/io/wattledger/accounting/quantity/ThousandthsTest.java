package io.wattledger.accounting.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThousandthsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "34,340", "41.26,413", "41.25,412", "100,1000"})
    void percentToTheNearestThousandth(BigDecimal percent, int thousandths) {
        assertThat(Thousandths.ofPercent(percent)).isEqualTo(thousandths);
    }

    @Test
    void aShareBelowNothingOrAboveTheWholeIsRefused() {
        assertThatThrownBy(() -> Thousandths.ofPercent(BigDecimal.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Thousandths.ofPercent(new BigDecimal("100.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100.1 %");
    }
}
