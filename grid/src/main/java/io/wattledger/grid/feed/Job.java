package io.wattledger.grid.feed;

import java.time.Instant;

/**
 * One question to a source.
 *
 * @param from inclusive; of a forecast, without a meaning
 * @param to exclusive
 */
record Job(Kind kind, FeedZone zone, Instant from, Instant to) {
    enum Kind {
        /** The newest values. */
        NEWEST,
        FORECAST,
        /** Values that are missing from before the start, or that may have been revised. */
        PAST
    }
}
