package io.wattledger.collector.session;

import java.time.Duration;

/** Lays wall-clock stamps along the intervals of a session, contiguous whatever the clock does. */
final class WallClockLine {
    private WallClockLine() {}

    /**
     * A step of the clock as long as this is not met by going slower, which would take twice as long, and stamps so far ahead
     * are refused by the ledger; nor is an interval stretched over it.
     */
    private static final long TOO_FAR_MILLIS = Duration.ofDays(1).toMillis();

    /** Whether the clock has gone so far away since an interval began that the line is to begin anew. */
    static boolean isBroken(long startMillis, long elapsedNanos, long clockMillis) {
        return Math.abs(clockMillis - startMillis - elapsedNanos / 1_000_000L) > TOO_FAR_MILLIS;
    }

    /**
     * The stamp of an interval's end: the clock's, but at least half the interval after its start. A clock set forward (or
     * a machine that slept) is followed at once; one set back is met again after twice the step, and no two intervals ever
     * overlap.
     *
     * @param startMillis stamp of the start, the end of the interval before
     * @param elapsedNanos length of the interval by the monotonic clock
     * @param clockMillis what the clock says at the end
     */
    static long end(long startMillis, long elapsedNanos, long clockMillis) {
        return Math.max(clockMillis, startMillis + elapsedNanos / 2_000_000L);
    }
}
