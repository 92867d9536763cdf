package io.wattledger.accounting.idle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Power;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleBaselineTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final IdleBaseline baseline = new IdleBaseline();
    private Duration now = Duration.ofDays(20_000);

    @Test
    void isNotKnownBeforeAFullMinute() {
        pass(59, 10_000);

        assertThat(baseline.power()).isEmpty();
    }

    @Test
    void isTheLeastMeanOverAMinuteNotTheDipsInBetween() {
        for (int i = 0; i < 30; i++) {
            pass(1, 2_000);
            pass(1, 80_000);
        }
        assertThat(baseline.power()).contains(new Power(41_000));

        pass(60, 12_000);
        pass(600, 90_000);
        assertThat(baseline.power()).contains(new Power(12_000));
    }

    @Test
    void forgetsAQuietMinuteAfterSevenDaysWithSamples() {
        pass(60, 12_000);
        for (int day = 0; day < 6; day++) {
            now = now.plusDays(1);
            pass(60, 30_000);
        }
        assertThat(baseline.power()).contains(new Power(12_000));

        now = now.plusDays(1);
        pass(60, 30_000);
        assertThat(baseline.power()).contains(new Power(30_000));
    }

    @Test
    void beginsAWindowAnewThatCouldNotBeFilledInTime() {
        pass(30, 1_000);
        now = now.plusMinutes(5);
        pass(59, 20_000);
        assertThat(baseline.power()).isEmpty();

        pass(1, 20_000);
        assertThat(baseline.power()).contains(new Power(20_000));
    }

    @Test
    void goesOnWithWhatWasKnown() {
        pass(60, 12_000);

        assertThat(new IdleBaseline(baseline.leastMilliwattsByDay()).power()).contains(new Power(12_000));
    }

    private void pass(int seconds, long milliwatts) {
        for (int i = 0; i < seconds; i++) {
            now = now.plus(SECOND);
            baseline.add(now, SECOND, milliwatts);
        }
    }
}
