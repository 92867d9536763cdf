package io.wattledger.grid.watttime;

import java.time.Duration;

/** Keeps requests apart: one may begin no sooner than a gap after the one before. Not for several threads. */
final class Pace {
    private final long gapNanos;
    private long nextNanos;
    private boolean began;

    Pace(Duration gap) {
        this.gapNanos = gap.toNanos();
    }

    /**
     * Takes the next turn.
     *
     * @param nowNanos as {@link System#nanoTime} counts
     * @return how long to wait for it; 0 for not at all
     */
    Duration turn(long nowNanos) {
        long wait = began ? Math.max(0, nextNanos - nowNanos) : 0;
        began = true;
        nextNanos = nowNanos + wait + gapNanos;
        return Duration.ofNanos(wait);
    }
}
