package io.wattledger.grid.watttime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofNanos(100));

    @Test
    void theFirstGoesAtOnceAndTheOthersAGapApart() {
        assertThat(pace.turn(-1_000)).isZero();
        assertThat(pace.turn(-990)).isEqualTo(Duration.ofNanos(90));
        assertThat(pace.turn(-900)).as("as soon as its turn has come").isEqualTo(Duration.ofNanos(100));
        assertThat(pace.turn(-790)).isEqualTo(Duration.ofNanos(90));
    }

    @Test
    void whoComesLateDoesNotWaitAndSavesNothingUp() {
        pace.turn(0);

        assertThat(pace.turn(5_000)).isZero();
        assertThat(pace.turn(5_000)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void theCounterMayComeRound() {
        pace.turn(Long.MAX_VALUE - 10);

        assertThat(pace.turn(Long.MIN_VALUE + 9)).isEqualTo(Duration.ofNanos(80));
    }
}
