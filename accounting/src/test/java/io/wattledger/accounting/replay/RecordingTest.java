package io.wattledger.accounting.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final SlotLength SLOT = new SlotLength(300_000);
    private static final long WATT = 1_000_000_000L;

    private record Interval(long start, long end, List<Long> millijoules) {}

    private static List<Interval> intervals(Recording recording) {
        var intervals = new ArrayList<Interval>();
        recording.forEach((start, end, millijoules) -> {
            var list = new ArrayList<Long>();
            for (long part : millijoules) {
                list.add(part);
            }
            intervals.add(new Interval(start, end, list));
        });
        return intervals;
    }

    private static StepSeries series(long... stampsAndValues) {
        var builder = new StepSeries.Builder();
        for (int i = 0; i < stampsAndValues.length; i += 2) {
            builder.add(stampsAndValues[i], stampsAndValues[i + 1]);
        }
        return builder.build();
    }

    private static Recording recording(long shortest, StepSeries... devices) {
        var list = new ArrayList<Recording.Device>();
        for (var device : devices) {
            list.add(new Recording.Device(device, 0));
        }
        return new Recording(list, 1, SLOT, shortest);
    }

    @Test
    void addsDevicesUpBetweenTheBreakpointsOfAll() {
        var recording =
                recording(0, series(1000, 2 * WATT, 3000, 4 * WATT, 5000, 0), series(2000, 10 * WATT, 6000, 7 * WATT));
        assertThat(intervals(recording))
                .containsExactly(
                        new Interval(1000, 2000, List.of(2000L)),
                        new Interval(2000, 3000, List.of(12000L)),
                        new Interval(3000, 5000, List.of(28000L)),
                        new Interval(5000, 6000, List.of(10000L)));
        assertThat(recording.start()).isEqualTo(1000);
        assertThat(recording.end()).isEqualTo(6000);
    }

    @Test
    void aGapOfOneDeviceLeavesTheOthers() {
        var recording = recording(
                0,
                series(0, WATT, 1000, StepSeries.NONE, 2000, WATT, 3000, 0),
                series(0, WATT, 1500, StepSeries.NONE, 3000, 0));
        assertThat(intervals(recording))
                .containsExactly(
                        new Interval(0, 1000, List.of(2000L)),
                        new Interval(1000, 1500, List.of(500L)),
                        new Interval(2000, 3000, List.of(1000L)));
        assertThat(recording.gaps()).isEqualTo(new Gaps(2, 2500));
        assertThat(recording.timeWithValue().value()).hasValue(new BigDecimal("0.583333333333"));
    }

    @Test
    void cutsAtTheBordersOfSlots() {
        var recording = recording(0, series(299_000, WATT, 901_000, 0));
        assertThat(intervals(recording))
                .extracting(Interval::start, Interval::end)
                .containsExactly(
                        tuple(299_000L, 300_000L),
                        tuple(300_000L, 600_000L),
                        tuple(600_000L, 900_000L),
                        tuple(900_000L, 901_000L));
    }

    @Test
    void joinsShortIntervalsButNeverAcrossABorderOrAGap() {
        var recording = recording(
                2000,
                series(
                        297_000,
                        WATT,
                        298_000,
                        WATT,
                        299_000,
                        WATT,
                        299_500,
                        WATT,
                        300_500,
                        WATT,
                        301_000,
                        StepSeries.NONE,
                        302_000,
                        WATT,
                        303_000,
                        0));
        assertThat(intervals(recording))
                .extracting(Interval::start, Interval::end)
                .containsExactly(
                        tuple(297_000L, 299_000L),
                        tuple(299_000L, 300_000L),
                        tuple(300_000L, 301_000L),
                        tuple(302_000L, 303_000L));
    }

    @Test
    void aSingleValueHasNoTimeAndNoEnergy() {
        var recording = recording(0, series(5, WATT));
        assertThat(intervals(recording)).isEmpty();
        assertThat(recording.timeWithValue().value()).isEmpty();
    }

    @Test
    void hasAtLeastOneDevice() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> recording(0));
    }

    @Test
    void refusesPowerBeyondALong() {
        var most = series(0, Long.MAX_VALUE, 1000, 0);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> intervals(recording(0, most, most)));
    }

    @Test
    void theEnergyUpToTheEndOfAnyIntervalIsTheNearestMillijouleOfTheExactEnergy() {
        Cases.check(300, random -> {
            var devices = new ArrayList<StepSeries>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                devices.add(randomSeries(random));
            }
            long shortest = random.nextBoolean() ? 0 : random.nextInt(200_000);
            var recording = recording(shortest, devices.toArray(StepSeries[]::new));
            long told = 0;
            long before = Long.MIN_VALUE;
            for (var interval : intervals(recording)) {
                told += interval.millijoules().get(0);
                var exact = picojoulesUntil(interval.end(), devices);
                var error = exact.subtract(BigInteger.valueOf(told).multiply(BigInteger.valueOf(WATT)));
                assertThat(error.abs().multiply(BigInteger.TWO)).isLessThanOrEqualTo(BigInteger.valueOf(WATT));
                assertThat(interval.start()).isGreaterThanOrEqualTo(before);
                assertThat(SLOT.startOf(interval.start())).isEqualTo(SLOT.startOf(interval.end() - 1));
                before = interval.end();
            }
            var all = picojoulesUntil(Long.MAX_VALUE, devices);
            assertThat(picojoulesUntil(before, devices)).isEqualTo(all);
        });
    }

    private static StepSeries randomSeries(Random random) {
        var builder = new StepSeries.Builder();
        for (int i = 0; i <= random.nextInt(40); i++) {
            long value = random.nextInt(5) == 0 ? StepSeries.NONE : random.nextLong(5_000 * WATT);
            builder.add(random.nextInt(3_000_000), value);
        }
        return builder.build();
    }

    /** By the definition, device by device, hold by hold. */
    private static BigInteger picojoulesUntil(long until, List<StepSeries> devices) {
        var sum = BigInteger.ZERO;
        for (var device : devices) {
            for (int i = 0; i + 1 < device.size(); i++) {
                long to = Math.min(until, device.stamp(i + 1));
                if (device.value(i) != StepSeries.NONE && to > device.stamp(i)) {
                    sum = sum.add(
                            BigInteger.valueOf(device.value(i)).multiply(BigInteger.valueOf(to - device.stamp(i))));
                }
            }
        }
        return sum;
    }

    @Test
    void tellsComponentsApart() {
        var recording = new Recording(
                List.of(
                        new Recording.Device(series(0, WATT, 1000, 0), 0),
                        new Recording.Device(series(0, 2 * WATT, 1000, 0), 1)),
                2,
                SLOT,
                0);
        assertThat(intervals(recording)).containsExactly(new Interval(0, 1000, List.of(1000L, 2000L)));
    }
}
