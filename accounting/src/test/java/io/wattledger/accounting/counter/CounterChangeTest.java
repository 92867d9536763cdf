package io.wattledger.accounting.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.counter.CounterChange.First;
import io.wattledger.accounting.counter.CounterChange.Implausible;
import io.wattledger.accounting.counter.CounterChange.Normal;
import io.wattledger.accounting.counter.CounterChange.Overtaken;
import io.wattledger.accounting.counter.CounterChange.Reset;
import io.wattledger.accounting.counter.CounterChange.TooLate;
import io.wattledger.accounting.counter.CounterChange.Wrapped;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.testkit.Cases;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CounterChangeTest {
    /** An Intel package: 2^32 units of 2^-14 J. */
    private static final long RANGE = 262_143_328_850L;

    private static final Power LIMIT = Power.ofWatts(1000);

    @Test
    void hasNoEnergyAtTheFirstRead() {
        var change = CounterChange.of(null, read(5_000_000, 1));

        assertThat(change).isInstanceOf(First.class);
        assertThat(change.energy()).isEmpty();
    }

    @Test
    void isTheRiseOfTheCounter() {
        var change = CounterChange.of(CounterTrack.startingAt(5_000_000), read(47_000_000, 1));

        assertThat(change).isInstanceOf(Normal.class);
        assertThat(change.energy()).contains(new Energy(42_000));
    }

    @Test
    void isZeroWhenTheCounterStandsStill() {
        var change = CounterChange.of(CounterTrack.startingAt(5_000_000), read(5_000_000, 1));

        assertThat(change.energy()).contains(Energy.ZERO);
    }

    @Test
    void countsEnergyAcrossAWrap() {
        var change = CounterChange.of(CounterTrack.startingAt(RANGE - 10_000_000), read(30_000_000, 1));

        assertThat(change).isInstanceOf(Wrapped.class);
        assertThat(change.energy()).contains(new Energy(40_000));
    }

    @Test
    void doesNotTakeACounterThatFellALittleForOneThatWrapped() {
        // 41 J less would be 262,102 J if it were a wrap: more than 1 kW in a second can give.
        var change = CounterChange.of(CounterTrack.startingAt(100_000_000), read(59_000_000, 1));

        assertThat(change).isInstanceOf(Reset.class);
        assertThat(change.energy()).isEmpty();
    }

    @Test
    void doesNotAddTheRangeToARise() {
        var change = CounterChange.of(CounterTrack.startingAt(60_000_000), read(100_000_000, 1));

        assertThat(change.energy()).contains(new Energy(40_000));
    }

    @Test
    void isAResetAfterAReboot() {
        var before = CounterTrack.startingAt(RANGE - 1_000_000);
        var read = new CounterRead(1_000_000, RANGE, LIMIT, Duration.ofSeconds(1), true);

        assertThat(CounterChange.of(before, read)).isInstanceOf(Reset.class);
    }

    @Test
    void isAResetWhenACounterWithoutRangeFalls() {
        var read = new CounterRead(1, 0, LIMIT, Duration.ofSeconds(1), false);

        assertThat(CounterChange.of(CounterTrack.startingAt(2), read)).isInstanceOf(Reset.class);
    }

    @Test
    void doesNotBelieveMoreThanTheDeviceCanUse() {
        var change = CounterChange.of(CounterTrack.startingAt(0), read(5_000_000_000L, 1));

        assertThat(change).isInstanceOf(Implausible.class);
        assertThat(change.energy()).isEmpty();
        assertThat(change.track().rawMicrojoules()).isEqualTo(5_000_000_000L);
    }

    @Test
    void isTooLateWhenAWrapMayHaveBeenMissed() {
        var change = CounterChange.of(CounterTrack.startingAt(0), read(5_000_000_000L, 300));

        assertThat(change).isInstanceOf(TooLate.class);
        assertThat(change.energy()).isEmpty();
    }

    @Test
    void standsWhereItWasSeenWhenTwoReadAtOnce() {
        var seen = CounterTrack.startingAt(140_000_000);
        var change = CounterChange.of(seen, readAfterMillis(139_000_000, 20));

        assertThat(change).isInstanceOf(Overtaken.class);
        assertThat(change.energy()).contains(Energy.ZERO);
        assertThat(CounterChange.of(change.track(), read(150_000_000, 1)).energy())
                .contains(new Energy(10_000));
    }

    @Test
    void isAResetWhenItFallsByMoreThanPassesWhileTwoReadOrLongAfter() {
        var seen = CounterTrack.startingAt(140_000_000);

        assertThat(CounterChange.of(seen, readAfterMillis(89_000_000, 20))).isInstanceOf(Reset.class);
        assertThat(CounterChange.of(seen, readAfterMillis(139_000_000, 51))).isInstanceOf(Reset.class);
    }

    @Test
    void goesOnAfterAReset() {
        var reset = CounterChange.of(CounterTrack.startingAt(100_000_000), read(7_000, 1));

        assertThat(CounterChange.of(reset.track(), read(9_000, 1)).energy()).contains(new Energy(2));
    }

    @Test
    void losesNoRemainderOverManyIntervalsAndWraps() {
        Cases.check(200, random -> {
            long range = 1_000_000 + random.nextInt(100_000);
            long value = random.nextInt((int) range);
            var track = CounterTrack.startingAt(value);
            long first = value;
            long total = value;
            long millijoules = 0;
            for (int i = 0; i < 200; i++) {
                long rise = random.nextInt(90_000);
                value = (value + rise) % range;
                total += rise;
                var read = new CounterRead(value, range, Power.ofWatts(0.9), Duration.ofMillis(10), false);
                var change = CounterChange.of(track, read);
                millijoules += change.energy().orElseThrow().millijoules();
                track = change.track();
            }
            assertThat(millijoules).isEqualTo(total / 1000 - first / 1000);
        });
    }

    @Test
    void isTheSameWhetherReadOnceOrOftenInBetween() {
        Cases.check(200, random -> {
            long start = random.nextInt(1_000_000);
            long end = start + random.nextInt(500_000_000);
            long middle = start + (long) (random.nextDouble() * (end - start));
            var once = CounterChange.of(CounterTrack.startingAt(start), read(end, 1));
            var first = CounterChange.of(CounterTrack.startingAt(start), read(middle, 1));
            var second = CounterChange.of(first.track(), read(end, 1));

            assertThat(first.energy().orElseThrow().plus(second.energy().orElseThrow()))
                    .isEqualTo(once.energy().orElseThrow());
        });
    }

    @Test
    void refusesNegativeCounters() {
        assertThatThrownBy(() -> CounterTrack.startingAt(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static CounterRead readAfterMillis(long microjoules, long millis) {
        return new CounterRead(microjoules, RANGE, LIMIT, Duration.ofMillis(millis), false);
    }

    private static CounterRead read(long microjoules, long seconds) {
        return new CounterRead(microjoules, RANGE, LIMIT, Duration.ofSeconds(seconds), false);
    }
}
