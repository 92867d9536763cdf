package io.wattledger.accounting.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void isAPlainDecimal() {
        assertThat(new Share(1, 4).value()).hasValue(new BigDecimal("0.25"));
        assertThat(new Share(7, 7).value()).hasValue(new BigDecimal("1"));
        assertThat(new Share(0, 7).value()).hasValue(BigDecimal.ZERO);
        assertThat(new Share(1, 3).value()).hasValue(new BigDecimal("0.333333333333"));
    }

    @Test
    void ofNothingIsNotKnown() {
        assertThat(new Share(0, 0).value()).isEmpty();
    }
}
