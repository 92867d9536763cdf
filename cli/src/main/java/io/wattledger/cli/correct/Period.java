package io.wattledger.cli.correct;

import io.wattledger.accounting.division.SlotLength;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A period to put right.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Period(Instant from, Instant to) {

    boolean includes(Instant slotStart) {
        return !slotStart.isBefore(from) && slotStart.isBefore(to);
    }

    /**
     * Rows are the smallest thing that can be put right, so both ends must be borders of slots.
     *
     * @throws IllegalArgumentException when one is not; it names the nearest borders
     */
    void requireBorders(SlotLength slots) {
        requireBorder("--from", from, slots);
        requireBorder("--to", to, slots);
    }

    private static void requireBorder(String option, Instant time, SlotLength slots) {
        var before = Instant.ofEpochMilli(slots.startOf(time.toEpochMilli()));
        if (!before.equals(time)) {
            throw new IllegalArgumentException("%s %s is inside a slot; slots are %d minutes long. Use %s or %s"
                    .formatted(
                            option,
                            time,
                            Duration.ofMillis(slots.millis()).toMinutes(),
                            before,
                            before.plusMillis(slots.millis())));
        }
    }

    /**
     * What is older than the horizon is sealed.
     *
     * @throws IllegalArgumentException when the period begins before it
     */
    void requireWithin(Duration horizon, Instant now) {
        var oldest = now.minus(horizon).truncatedTo(ChronoUnit.SECONDS);
        if (from.isBefore(oldest)) {
            throw new IllegalArgumentException("--from " + from + " is before " + oldest + "; rows older than "
                    + horizon.toDays() + " days are sealed and cannot be put right any more");
        }
    }
}
