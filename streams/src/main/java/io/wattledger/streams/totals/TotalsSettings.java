package io.wattledger.streams.totals;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the totals.
 *
 * @param horizon how long rows may still change; afterwards they are sealed
 * @param historyInterval a total in progress is kept in its history this often
 */
public record TotalsSettings(Duration horizon, Duration historyInterval) {
    /** Of a total in progress no more than this part of its time may be missing from the history: half a percent. */
    private static final int FINENESS = 200;

    /** By then every row of a total that has not changed since is sealed. */
    private static final Duration AFTER_HORIZON = Duration.ofDays(1);

    /**
     * Whether a total in progress is to be kept in its history. The history of something long gets coarser with its
     * length, so that it does not grow with it.
     *
     * @param keptAt when it was kept last, or null
     * @param took how long it has been in progress
     */
    boolean isDue(@Nullable Instant keptAt, Duration took, Instant now) {
        if (keptAt == null) {
            return true;
        }
        var part = took.dividedBy(FINENESS);
        var interval = part.compareTo(historyInterval) > 0 ? part : historyInterval;
        return !now.isBefore(keptAt.plus(interval));
    }

    /** What has not changed since then leaves the state. */
    Instant sealedBefore(Instant now) {
        return now.minus(horizon).minus(AFTER_HORIZON);
    }
}
