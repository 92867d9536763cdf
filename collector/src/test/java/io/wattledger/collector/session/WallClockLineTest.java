package io.wattledger.collector.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.Cases;
import org.junit.jupiter.api.Test;

class WallClockLineTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void isTheClockWhenThatGoesOnOrdinarily() {
        assertThat(WallClockLine.end(10_000, SECOND, 11_003)).isEqualTo(11_003);
        assertThat(WallClockLine.end(10_000, SECOND, 10_998)).isEqualTo(10_998);
    }

    @Test
    void followsAClockSetForwardAtOnce() {
        assertThat(WallClockLine.end(10_000, SECOND, 3_610_000)).isEqualTo(3_610_000);
    }

    @Test
    void goesOnSlowlyWhenTheClockIsSetBack() {
        assertThat(WallClockLine.end(10_000, SECOND, 5_000)).isEqualTo(10_500);
    }

    @Test
    void meetsAClockThatWasSetBackAfterTwiceTheStep() {
        long stamp = 10_000;
        long clock = 10_000 - 4_000;
        int seconds = 0;
        while (stamp != clock) {
            clock += 1_000;
            stamp = WallClockLine.end(stamp, SECOND, clock);
            seconds++;
        }
        assertThat(seconds).isEqualTo(8);
    }

    @Test
    void neverFallsWhateverTheClockDoes() {
        Cases.check(200, random -> {
            long stamp = 1_000_000;
            for (int i = 0; i < 100; i++) {
                long next = WallClockLine.end(stamp, random.nextLong(2 * SECOND), random.nextLong(2_000_000));
                assertThat(next).isGreaterThanOrEqualTo(stamp);
                stamp = next;
            }
        });
    }
}
