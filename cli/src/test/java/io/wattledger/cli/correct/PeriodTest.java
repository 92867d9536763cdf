package io.wattledger.cli.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.division.SlotLength;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant FROM = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void includesItsStartAndNotItsEnd() {
        var period = new Period(FROM, FROM.plusSeconds(900));
        assertThat(period.includes(FROM)).isTrue();
        assertThat(period.includes(FROM.plusSeconds(900))).isFalse();
    }

    @Test
    void namesTheNearestBordersOfSlots() {
        assertThatThrownBy(() -> new Period(FROM, FROM.plusSeconds(1000)).requireBorders(SlotLength.DEFAULT))
                .hasMessage("--to 2026-03-01T10:16:40Z is inside a slot; slots are 15 minutes long."
                        + " Use 2026-03-01T10:15:00Z or 2026-03-01T10:30:00Z");
        assertThatCode(() -> new Period(FROM, FROM.plusSeconds(1800)).requireBorders(SlotLength.DEFAULT))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsSealed() {
        var period = new Period(FROM, FROM.plusSeconds(900));
        assertThatThrownBy(() -> period.requireWithin(Duration.ofDays(90), FROM.plus(Duration.ofDays(91))))
                .hasMessageContaining("sealed");
        assertThatCode(() -> period.requireWithin(Duration.ofDays(90), FROM.plus(Duration.ofDays(90))))
                .doesNotThrowAnyException();
    }
}
