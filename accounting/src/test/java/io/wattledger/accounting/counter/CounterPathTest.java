package io.wattledger.accounting.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CounterPathTest {
    private final CounterPath path = new CounterPath(1_000, 4_001, Duration.ofSeconds(10));

    @Test
    void goesOnEvenlyAndEndsWhereTheCounterWas() {
        assertThat(path.after(Duration.ofSeconds(-1))).isEqualTo(1_000);
        assertThat(path.after(Duration.ZERO)).isEqualTo(1_000);
        assertThat(path.after(Duration.ofSeconds(5))).isEqualTo(2_500);
        assertThat(path.after(Duration.ofSeconds(10))).isEqualTo(4_001);
        assertThat(path.after(Duration.ofSeconds(99))).isEqualTo(4_001);
    }

    @Test
    void aCounterThatStartedAgainHasNoWayInBetween() {
        assertThat(new CounterPath(4_000, 7, Duration.ofSeconds(10)).after(Duration.ofSeconds(3)))
                .isEqualTo(7);
    }
}
