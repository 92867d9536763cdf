package io.wattledger.accounting.forecast;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Past carbon intensities of one zone and series, slot by slot; a slot may be unknown. */
public final class IntensityHistory {
    private static final long UNKNOWN = -1;

    private final SlotLength slot;
    private final long first;
    private final long[] microgramsPerKwh;

    private IntensityHistory(SlotLength slot, long first, long[] microgramsPerKwh) {
        this.slot = slot;
        this.first = first;
        this.microgramsPerKwh = microgramsPerKwh;
    }

    /** Takes values in any order; of several for a slot the last one given counts. Slots without a value are unknown. */
    public static final class Builder {
        private final SlotLength slot;
        private final TreeMap<Long, CarbonIntensity> values = new TreeMap<>();

        public Builder(SlotLength slot) {
            this.slot = slot;
        }

        /** @param stamp any time in the slot */
        public Builder put(long stamp, CarbonIntensity value) {
            values.put(slot.startOf(stamp), value);
            return this;
        }

        public IntensityHistory build() {
            if (values.isEmpty()) {
                return new IntensityHistory(slot, 0, new long[0]);
            }
            long first = values.firstKey();
            var slots = new long[Math.toIntExact((values.lastKey() - first) / slot.millis() + 1)];
            Arrays.fill(slots, UNKNOWN);
            values.forEach((start, value) ->
                    slots[Math.toIntExact((start - first) / slot.millis())] = value.microgramsPerKwh());
            return new IntensityHistory(slot, first, slots);
        }
    }

    public SlotLength slot() {
        return slot;
    }

    /** Start of the first slot. */
    public long start() {
        return first;
    }

    /** End of the last slot. */
    public long end() {
        return first + microgramsPerKwh.length * slot.millis();
    }

    /** The slots that start in a stretch of time. */
    public IntensityHistory between(long from, long to) {
        int begin = index(from);
        int end = Math.max(begin, index(to));
        return new IntensityHistory(
                slot, first + begin * slot.millis(), Arrays.copyOfRange(microgramsPerKwh, begin, end));
    }

    /** The index of the first slot that starts at a time or after it, within what there is. */
    private int index(long time) {
        long index = -Math.floorDiv(first - time, slot.millis());
        return (int) Math.max(0, Math.min(microgramsPerKwh.length, index));
    }

    int size() {
        return microgramsPerKwh.length;
    }

    long startOf(int index) {
        return first + index * slot.millis();
    }

    boolean isKnown(int index) {
        return microgramsPerKwh[index] != UNKNOWN;
    }

    /** Grams per kWh, or NaN where unknown. */
    double grams(int index) {
        return isKnown(index) ? microgramsPerKwh[index] / 1e6 : Double.NaN;
    }

    /** The value of the slot that starts then, in micrograms per kWh; nothing where unknown. */
    OptionalLong at(long start) {
        long index = Math.floorDiv(start - first, slot.millis());
        return index >= 0 && index < microgramsPerKwh.length && microgramsPerKwh[(int) index] != UNKNOWN
                ? OptionalLong.of(microgramsPerKwh[(int) index])
                : OptionalLong.empty();
    }
}
