package io.wattledger.accounting.division;

import java.time.Duration;

/** The accounting interval: 5, 15, 30 or 60 minutes, aligned to the epoch. */
public record SlotLength(long millis) {
    public static final SlotLength DEFAULT =
            new SlotLength(Duration.ofMinutes(15).toMillis());

    public SlotLength {
        if (millis != 300_000 && millis != 900_000 && millis != 1_800_000 && millis != 3_600_000) {
            throw new IllegalArgumentException(
                    "Slot of " + Duration.ofMillis(millis) + "; a slot is 5, 15, 30 or 60 minutes long");
        }
    }

    /** Start of the slot that includes the instant, in ms since the epoch. */
    public long startOf(long epochMillis) {
        return Math.floorDiv(epochMillis, millis) * millis;
    }

    /**
     * Milliseconds of the interval in each slot it touches, the slot of {@code start} first.
     *
     * @param start ms since the epoch, inclusive
     * @param end ms since the epoch, exclusive, after {@code start}
     */
    public long[] weights(long start, long end) {
        if (end <= start) {
            throw new IllegalArgumentException("Interval ends at " + end + ", not after its start " + start);
        }
        long first = startOf(start);
        int slots = Math.toIntExact((startOf(end - 1) - first) / millis + 1);
        var weights = new long[slots];
        for (int i = 0; i < slots; i++) {
            long from = Math.max(start, first + i * millis);
            long to = Math.min(end, first + (i + 1) * millis);
            weights[i] = to - from;
        }
        return weights;
    }
}
