package io.wattledger.grid.entsoe;

import io.wattledger.accounting.quantity.Power;
import java.time.Instant;
import java.util.List;

/**
 * One document of actual generation per type (A75).
 *
 * @param version when it was created, with its number of revision in milliseconds, so that of two made in one second the
 *     later revision is the greater
 * @param status what the platform says of its values
 * @param outputs what it has values of
 */
record GenerationDocument(Instant version, Status status, List<Output> outputs) {
    enum Status {
        /** Active, final or intermediate (A05, A02, A01), or not said. */
        VALID,
        /** Estimated (X01). */
        ESTIMATED,
        /** Withdrawn (A13): what it and earlier ones say of its intervals no longer holds. */
        WITHDRAWN
    }

    enum Direction {
        GENERATION,
        /** Pumping, charging and own use: {@code outBiddingZone_Domain}. */
        CONSUMPTION
    }

    /**
     * Average power of one type in one interval.
     *
     * @param type code of the type: B01 …
     * @param end exclusive
     */
    record Output(String type, Direction direction, Instant start, Instant end, Power power) {}
}
