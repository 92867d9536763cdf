package io.wattledger.accounting.replay;

import io.wattledger.accounting.division.SlotLength;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What recorded devices used together, in intervals. An interval lies within one slot and has at least one device with a
 * value all the time, so no energy is ever divided by guess; it begins and ends where a value of some device does, or at
 * the border of a slot. Where no device has a value there is no interval.
 */
public final class Recording {
    /**
     * One device.
     *
     * @param nanowatts its power
     * @param component which component its energy counts as, from 0
     */
    public record Device(StepSeries nanowatts, int component) {}

    /** Takes intervals in the order of time. */
    @FunctionalInterface
    public interface Intervals {
        /**
         * One interval.
         *
         * @param start ms since the epoch, inclusive
         * @param end exclusive
         * @param millijoules per component; belongs to the taker
         */
        void take(long start, long end, long[] millijoules);
    }

    private final List<Device> devices;
    private final int components;
    private final SlotLength slots;
    private final long shortestMillis;

    /**
     * @param devices at least one
     * @param components how many components there are
     * @param slots no interval crosses the border of one
     * @param shortestMillis intervals shorter than this are joined with what follows, up to the next border or gap
     */
    public Recording(List<Device> devices, int components, SlotLength slots, long shortestMillis) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("A recording has at least one device");
        }
        this.devices = List.copyOf(devices);
        this.components = components;
        this.slots = slots;
        this.shortestMillis = shortestMillis;
    }

    /** The first stamp of any device, ms since the epoch. */
    public long start() {
        return devices.stream()
                .mapToLong(device -> device.nanowatts().first())
                .min()
                .orElseThrow();
    }

    /** The last stamp of any device, ms since the epoch. */
    public long end() {
        return devices.stream()
                .mapToLong(device -> device.nanowatts().last())
                .max()
                .orElseThrow();
    }

    /** The stretches without a value, of all devices. */
    public Gaps gaps() {
        return devices.stream().map(device -> device.nanowatts().gaps()).reduce(Gaps.NONE, Gaps::plus);
    }

    /** How much of the time from the first stamp of each device to its last has a value, in milliseconds. */
    public Share timeWithValue() {
        long whole = devices.stream()
                .mapToLong(
                        device -> device.nanowatts().last() - device.nanowatts().first())
                .reduce(0, Math::addExact);
        return new Share(whole - gaps().millis(), whole);
    }

    /**
     * Goes through all of it.
     *
     * @throws ArithmeticException when the devices together exceed 9.2 GW, or their energy 2.5 billion kWh
     */
    public void forEach(Intervals intervals) {
        var sweep = new Sweep(intervals);
        var queue = new PriorityQueue<Cursor>(Comparator.comparingLong(Cursor::next));
        devices.forEach(device -> queue.add(new Cursor(device)));
        long now = start();
        while (!queue.isEmpty()) {
            long next = queue.element().next();
            sweep.hold(now, next);
            now = next;
            while (!queue.isEmpty() && queue.element().next() == now) {
                var cursor = queue.remove();
                sweep.change(cursor, -1);
                if (cursor.advance()) {
                    sweep.change(cursor, 1);
                    queue.add(cursor);
                }
            }
        }
        sweep.finish();
    }

    /** Where the sweep stands in the values of one device. */
    private static final class Cursor {
        private final StepSeries series;
        private final int component;
        private int index = -1;

        Cursor(Device device) {
            this.series = device.nanowatts();
            this.component = device.component();
        }

        long next() {
            return series.stamp(index + 1);
        }

        /** What holds until {@link #next}. */
        long value() {
            return index < 0 ? StepSeries.NONE : series.value(index);
        }

        /** To the next value; false when that is the last one, which adds nothing. */
        boolean advance() {
            index++;
            return index + 1 < series.size();
        }
    }

    /** The power that holds now, and the interval that is being made. */
    private final class Sweep {
        private final Intervals intervals;
        private final long[] nanowatts = new long[components];
        private final HeldPower[] energy = new HeldPower[components];
        private final long[] told = new long[components];
        private int present;
        private long start;
        private long end;

        Sweep(Intervals intervals) {
            this.intervals = intervals;
            for (int i = 0; i < components; i++) {
                energy[i] = new HeldPower();
            }
        }

        void change(Cursor cursor, int sign) {
            if (cursor.value() != StepSeries.NONE) {
                present += sign;
                nanowatts[cursor.component] = Math.addExact(nanowatts[cursor.component], sign * cursor.value());
            }
        }

        void hold(long from, long to) {
            if (present == 0) {
                return;
            }
            for (long at = from; at < to; ) {
                long slot = slots.startOf(at);
                long border = Math.min(to, slot + slots.millis());
                extend(at, border, slot);
                at = border;
            }
        }

        private void extend(long from, long to, long slot) {
            boolean joins = end == from && start >= slot && end - start < shortestMillis;
            if (!joins) {
                finish();
                start = from;
            }
            for (int i = 0; i < components; i++) {
                energy[i].hold(nanowatts[i], to - from);
            }
            end = to;
        }

        /** Hands over the interval that is being made, if any. */
        void finish() {
            if (end > start) {
                var millijoules = new long[components];
                for (int i = 0; i < components; i++) {
                    millijoules[i] = energy[i].millijoules() - told[i];
                    told[i] += millijoules[i];
                }
                intervals.take(start, end, millijoules);
            }
        }
    }
}
