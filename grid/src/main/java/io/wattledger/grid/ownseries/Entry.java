package io.wattledger.grid.ownseries;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of its interval.
 *
 * @param start start of the interval
 * @param end its end; null where the row does not tell it
 * @param version the row's own stamp, or that of the content
 * @param value null for none; what was before the interval ends all the same
 */
record Entry(
        Instant start,
        @Nullable Instant end,
        Instant version,
        @Nullable Value value) {
    /** The value and what is told of it. */
    record Value(
            CarbonIntensity intensity,
            boolean measured,
            @Nullable String method,
            @Nullable Integer renewableThousandths,
            @Nullable Integer carbonFreeThousandths) {}

    Entry with(Value newValue) {
        return new Entry(start, end, version, newValue);
    }

    /** Only that something begins here; it takes the place of no other entry. */
    static Entry boundary(Instant start) {
        return new Entry(start, null, Instant.MIN, null);
    }
}
