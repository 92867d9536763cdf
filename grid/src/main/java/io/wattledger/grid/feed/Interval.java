package io.wattledger.grid.feed;

import java.time.Instant;

/** From a start, inclusive, to an end, exclusive. */
interface Interval {
    Instant start();

    Instant end();
}
