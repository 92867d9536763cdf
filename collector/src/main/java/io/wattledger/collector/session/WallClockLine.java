package io.wattledger.collector.session;

/** Lays wall-clock stamps along the intervals of a session, contiguous whatever the clock does. */
final class WallClockLine {
    private WallClockLine() {}

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
