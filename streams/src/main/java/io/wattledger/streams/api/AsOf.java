package io.wattledger.streams.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The stamp that an answer speaks of, chosen so that the same stamp gives the same answer again: never in the future, and
 * so far back when the stores are read that whoever had taken an earlier stamp has written what belongs to it.
 */
record AsOf(InstantSource clock) {
    /** Ample for one write of a store, and for clocks of instances that are kept in step. */
    private static final Duration SETTLED = Duration.ofMillis(50);

    Instant of(Question question) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var asked = question.time("as-of").orElse(now);
        // The clock of the instance that asks may be ahead.
        var asOf = question.forwarded() || asked.isBefore(now) ? asked : now;
        pause(Duration.between(clock.instant(), asOf.plus(SETTLED)));
        return asOf;
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
