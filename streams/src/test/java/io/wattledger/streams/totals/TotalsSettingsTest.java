package io.wattledger.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TotalsSettingsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TotalsSettings settings = new TotalsSettings(Duration.ofDays(90), Duration.ofSeconds(10));

    @Test
    void keepsTheFirstVersionAndThenOneEachInterval() {
        assertThat(settings.isDue(null, Duration.ZERO, NOW)).isTrue();
        assertThat(settings.isDue(NOW.minusSeconds(9), Duration.ofMinutes(1), NOW))
                .isFalse();
        assertThat(settings.isDue(NOW.minusSeconds(10), Duration.ofMinutes(1), NOW))
                .isTrue();
    }

    @Test
    void keepsWhatTakesLongMoreSeldomButNeverMissesMoreThanHalfAPercent() {
        assertThat(settings.isDue(NOW.minusSeconds(179), Duration.ofHours(10), NOW))
                .isFalse();
        assertThat(settings.isDue(NOW.minusSeconds(180), Duration.ofHours(10), NOW))
                .isTrue();
    }

    @Test
    void givesRowsADayBeyondTheHorizonToBeSealed() {
        assertThat(settings.sealedBefore(NOW)).isEqualTo(NOW.minus(Duration.ofDays(91)));
    }
}
