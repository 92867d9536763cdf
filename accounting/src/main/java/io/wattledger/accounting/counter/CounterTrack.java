package io.wattledger.accounting.counter;

import io.wattledger.accounting.quantity.Energy;

/**
 * Where a counter stood when it was last read.
 *
 * @param rawMicrojoules the value of the counter
 * @param totalMicrojoules the same, had it never wrapped. It begins at the first value read, and the millijoules of an
 *     interval are the difference of its floors at both ends: remainders telescope, so any chain of intervals has the
 *     millijoules of the whole, to the last one
 */
public record CounterTrack(long rawMicrojoules, long totalMicrojoules) {

    public CounterTrack {
        if (rawMicrojoules < 0 || totalMicrojoules < 0) {
            throw new IllegalArgumentException("Counter below 0: " + rawMicrojoules + ", " + totalMicrojoules + " µJ");
        }
    }

    /** A counter read for the first time. */
    public static CounterTrack startingAt(long rawMicrojoules) {
        return new CounterTrack(rawMicrojoules, rawMicrojoules);
    }

    CounterTrack advancedTo(long raw, long deltaMicrojoules) {
        return new CounterTrack(raw, Math.addExact(totalMicrojoules, deltaMicrojoules));
    }

    Energy since(CounterTrack before) {
        return new Energy(totalMicrojoules / 1000 - before.totalMicrojoules / 1000);
    }
}
