package io.wattledger.accounting.replay;

import io.wattledger.accounting.division.SlotLength;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Values that hold: each from its stamp to the next one, the last one adds nothing. Stamps are ms since the epoch,
 * ascending and apart. Kept in two arrays, so that millions of values have room.
 */
public final class StepSeries {
    /** Stands for a value that is not known: what it would hold for is a gap. */
    public static final long NONE = -1;

    private static final SlotLength[] SLOTS = {
        new SlotLength(3_600_000), new SlotLength(1_800_000), new SlotLength(900_000), new SlotLength(300_000)
    };

    private final long[] stamps;
    private final long[] values;

    private StepSeries(long[] stamps, long[] values) {
        this.stamps = stamps;
        this.values = values;
    }

    /** Takes values in any order; of several with the same stamp the last one given counts. */
    public static final class Builder {
        private long[] stamps = new long[16];
        private long[] values = new long[16];
        private int size;
        private boolean ascending = true;

        /** @param value at least 0, or {@link #NONE} */
        public Builder add(long stamp, long value) {
            if (value < NONE) {
                throw new IllegalArgumentException("Value below 0 at " + stamp + ": " + value);
            }
            if (size == stamps.length) {
                stamps = Arrays.copyOf(stamps, size + (size >> 1));
                values = Arrays.copyOf(values, stamps.length);
            }
            ascending &= size == 0 || stamps[size - 1] < stamp;
            stamps[size] = stamp;
            values[size++] = value;
            return this;
        }

        /** @throws IllegalStateException when no value was added */
        public StepSeries build() {
            if (size == 0) {
                throw new IllegalStateException("A series has at least one value");
            }
            if (!ascending) {
                sort();
                keepLastOfEachStamp();
                ascending = true;
            }
            return new StepSeries(Arrays.copyOf(stamps, size), Arrays.copyOf(values, size));
        }

        /** Merges runs of doubling length, which leaves the order of equal stamps as it was. */
        private void sort() {
            var fromStamps = Arrays.copyOf(stamps, size);
            var fromValues = Arrays.copyOf(values, size);
            var toStamps = new long[size];
            var toValues = new long[size];
            for (int width = 1; width < size; width *= 2) {
                for (int start = 0; start < size; start += 2 * width) {
                    int middle = Math.min(start + width, size);
                    int end = Math.min(start + 2 * width, size);
                    int left = start;
                    int right = middle;
                    for (int to = start; to < end; to++) {
                        boolean takeLeft = left < middle && (right >= end || fromStamps[left] <= fromStamps[right]);
                        int from = takeLeft ? left++ : right++;
                        toStamps[to] = fromStamps[from];
                        toValues[to] = fromValues[from];
                    }
                }
                var swap = fromStamps;
                fromStamps = toStamps;
                toStamps = swap;
                swap = fromValues;
                fromValues = toValues;
                toValues = swap;
            }
            stamps = fromStamps;
            values = fromValues;
        }

        private void keepLastOfEachStamp() {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept > 0 && stamps[kept - 1] == stamps[i]) {
                    kept--;
                }
                stamps[kept] = stamps[i];
                values[kept++] = values[i];
            }
            size = kept;
        }
    }

    public int size() {
        return stamps.length;
    }

    public long stamp(int index) {
        return stamps[index];
    }

    /** The value that holds from that stamp on, or {@link #NONE}. */
    public long value(int index) {
        return values[index];
    }

    public long first() {
        return stamps[0];
    }

    public long last() {
        return stamps[stamps.length - 1];
    }

    /** The same, where values that hold longer are gaps. */
    public StepSeries withoutHoldsLongerThan(long millis) {
        var kept = values.clone();
        for (int i = 0; i + 1 < stamps.length; i++) {
            if (stamps[i + 1] - stamps[i] > millis) {
                kept[i] = NONE;
            }
        }
        return new StepSeries(stamps, kept);
    }

    /** The stretches between the first stamp and the last without a value. */
    public Gaps gaps() {
        int count = 0;
        long millis = 0;
        for (int i = 0; i + 1 < stamps.length; i++) {
            if (values[i] == NONE) {
                count += i == 0 || values[i - 1] != NONE ? 1 : 0;
                millis += stamps[i + 1] - stamps[i];
            }
        }
        return new Gaps(count, millis);
    }

    /** The value where one and the same holds over all of a period; nothing where none does or several do. */
    public OptionalLong over(long from, long to) {
        int found = Arrays.binarySearch(stamps, from);
        int at = found >= 0 ? found : -found - 2;
        boolean covered = at >= 0 && at + 1 < stamps.length && to <= stamps[at + 1] && values[at] != NONE;
        return covered ? OptionalLong.of(values[at]) : OptionalLong.empty();
    }

    /** The longest slot on whose borders all stamps lie, so that no value changes inside one; null when there is none. */
    public @Nullable SlotLength longestSlot() {
        for (var slot : SLOTS) {
            if (firstOffBorder(slot) < 0) {
                return slot;
            }
        }
        return null;
    }

    /** The index of the first stamp that does not lie on a border of such slots; -1 when all do. */
    public int firstOffBorder(SlotLength slot) {
        for (int i = 0; i < stamps.length; i++) {
            if (slot.startOf(stamps[i]) != stamps[i]) {
                return i;
            }
        }
        return -1;
    }
}
