package io.wattledger.cli.audit;

import io.wattledger.schemas.record.EmissionRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the ledger is audited; null stands for all.
 *
 * @param from slots that start before this are left out
 * @param to slots that start at this or later are left out
 */
record Scope(
        @Nullable String host,
        @Nullable String run,
        @Nullable String zone,
        @Nullable Instant from,
        @Nullable Instant to) {
    static final Scope ALL = new Scope(null, null, null, null, null);

    boolean includesHost(String name) {
        return host == null || host.equals(name);
    }

    boolean includes(EmissionRow row) {
        return includesHost(row.getHost())
                && (run == null || run.equals(row.getRun()))
                && (zone == null || zone.equals(row.getZone()))
                && includesTime(row.getSlotStart(), row.getSlotStart().plusMillis(1));
    }

    /** Whether a period is wholly inside. */
    boolean includesTime(Instant start, Instant end) {
        return (from == null || !start.isBefore(from)) && (to == null || !end.isAfter(to));
    }

    /** Whether all rows of each run that is in it are in it. */
    boolean hasWholeRuns() {
        return host == null && zone == null && from == null && to == null;
    }

    /** Whether all rows of each day and zone are in it, for days that are wholly inside the period. */
    boolean hasWholeDays() {
        return host == null && run == null;
    }

    /** Whether all rows of each host and hour are in it, for hours that are wholly inside the period. */
    boolean hasWholeHours() {
        return run == null && zone == null;
    }
}
