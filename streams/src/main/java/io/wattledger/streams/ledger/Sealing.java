package io.wattledger.streams.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rows that have left the restatement horizon are written once more as sealed and leave the state, and so does what was
 * kept to restate them; totals keep what these rows have added to them. A replay's rows leave it by the age of their
 * figures, as their slots are old from the start.
 */
final class Sealing {
    private static final int PORTION = 10_000;
    private static final int MOST_AT_ONCE = 100_000;

    private final LedgerSettings settings;
    private final ClosedRows closedRows;
    private final IntensityBook intensities;
    private final HostHours hours;
    private final LedgerWriter writer;

    Sealing(
            LedgerSettings settings,
            ClosedRows closedRows,
            IntensityBook intensities,
            HostHours hours,
            LedgerWriter writer) {
        this.settings = settings;
        this.closedRows = closedRows;
        this.intensities = intensities;
        this.hours = hours;
        this.writer = writer;
    }

    void seal(Instant now) {
        var horizon = settings.sealedBefore(now);
        int left = MOST_AT_ONCE;
        for (var zone : List.copyOf(closedRows.zones())) {
            byte[] cursor = {};
            while (cursor != null && left > 0) {
                var portion = closedRows.portion(zone, 0, horizon.toEpochMilli(), cursor, PORTION);
                for (var closed : portion.rows()) {
                    if (!Replay.is(closed.row().getHost())
                            || closed.row().getKnownAt().isBefore(horizon)) {
                        seal(closed);
                        left--;
                    }
                }
                cursor = portion.next();
            }
        }
        intensities.forgetBefore(horizon);
    }

    private void seal(ClosedRows.ClosedRow closed) {
        var row = closed.row();
        closedRows.take(closed.key(), row.getZone());
        if (row.getEnergyMillijoules() > 0 || row.getMeasuredMillis() > 0) {
            row.setSealed(true);
            writer.write(closed.key(), row);
        }
    }

    /** Forgets the hours of a host all whose rows have been sealed; they were published. */
    void forgetHours(String host, Instant now) {
        hours.forgetDayBefore(host, settings.sealedBefore(now).minus(Duration.ofDays(1)));
    }
}
