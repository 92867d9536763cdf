package io.wattledger.streams.totals;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Stamps of versions. They come from the clock at the moment a version is written, not from that of its cause, so that
 * what is known up to a stamp does not become more once that moment has passed.
 */
record Stamps(InstantSource clock) {
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Now, but behind the version before. */
    Instant after(Instant before) {
        var now = now();
        return now.isAfter(before) ? now : before.plusMillis(1);
    }
}
