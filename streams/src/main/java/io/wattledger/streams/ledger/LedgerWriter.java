package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.TrackedRun;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes changes of rows to the ledger and its history, and tells every total what they add to it. */
final class LedgerWriter {
    private final ProcessorContext<Object, Object> context;
    private final HostHours hours;
    private final Map<String, DailyDelta> days = new LinkedHashMap<>();

    LedgerWriter(ProcessorContext<Object, Object> context, HostHours hours) {
        this.context = context;
        this.hours = hours;
    }

    /**
     * Writes a row that is new, or now has other figures than {@code before}, and tells the totals.
     *
     * @param revision to be kept, or null while the row is open
     */
    void change(LedgerKey key, @Nullable EmissionRow before, EmissionRow after, @Nullable EmissionRevision revision) {
        if (before == null || hasOtherEnergy(before, after)) {
            forward(key, EmissionRows.energy(after), LedgerOutputs.ENERGY_LEDGER);
        }
        forward(key, after, LedgerOutputs.EMISSIONS_LEDGER);
        keep(key, revision);
        tellTotals(before, after, revision);
    }

    /** Writes a row again whose figures are as they were, with its first revision. */
    void first(LedgerKey key, EmissionRevision revision) {
        forward(key, revision.getRow(), LedgerOutputs.EMISSIONS_LEDGER);
        keep(key, revision);
    }

    /** Writes a row a last time. */
    void seal(LedgerKey key, EmissionRow row) {
        forward(key, EmissionRows.energy(row), LedgerOutputs.ENERGY_LEDGER);
        forward(key, row, LedgerOutputs.EMISSIONS_LEDGER);
    }

    /** Takes a row away that has nothing in it any more. */
    void retract(LedgerKey key, EmissionRow before, @Nullable EmissionRevision revision) {
        forward(key, null, LedgerOutputs.ENERGY_LEDGER);
        forward(key, null, LedgerOutputs.EMISSIONS_LEDGER);
        keep(key, revision);
        tellTotals(before, null, revision);
    }

    private void keep(LedgerKey key, @Nullable EmissionRevision revision) {
        if (revision != null) {
            forward(key, revision, LedgerOutputs.EMISSIONS_HISTORY);
        }
    }

    private static boolean hasOtherEnergy(EmissionRow before, EmissionRow after) {
        return before.getEnergyMillijoules() != after.getEnergyMillijoules()
                || before.getMeasuredMillis() != after.getMeasuredMillis()
                || before.getCpuTimeNanos() != after.getCpuTimeNanos()
                || before.getPueThousandths() != after.getPueThousandths()
                || !before.getZone().equals(after.getZone())
                || before.getBandMillijoules() != after.getBandMillijoules()
                || !before.getEnergyByMethod().equals(after.getEnergyByMethod());
    }

    private void tellTotals(
            @Nullable EmissionRow before, @Nullable EmissionRow after, @Nullable EmissionRevision revision) {
        var row = after != null ? after : before;
        if (row == null) {
            return;
        }
        var change = RowDeltas.between(before, after);
        if (!PseudoRun.is(row.getRun())) {
            tellRun(row, change, revision);
        }
        if (Replay.is(row.getHost())) {
            return;
        }
        hours.change(row, before, after);
        if (before == null || after == null || before.getZone().equals(after.getZone())) {
            tellDay(row, change);
        } else {
            tellDay(before, RowDeltas.between(before, null));
            tellDay(after, RowDeltas.between(null, after));
        }
    }

    /** A run is told the revision too, when it replaces another one. */
    private void tellRun(EmissionRow row, RowDelta change, @Nullable EmissionRevision revision) {
        var replacing = revision != null && revision.getReplacesRevision() != null ? revision : null;
        forward(
                row.getRun(),
                new RunDelta(row.getHost(), row.getProject(), row.getZone(), change, replacing, null, null, now()),
                LedgerOutputs.RUN_DELTAS);
    }

    private void tellDay(EmissionRow row, RowDelta change) {
        var day = row.getSlotStart().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        var key = day + "/" + row.getProject() + "/" + row.getZone();
        var known = days.get(key);
        if (known == null) {
            days.put(key, new DailyDelta(day, row.getProject(), row.getZone(), change, now()));
        } else {
            RowDeltas.add(known.getRow(), change);
        }
    }

    /** Tells the days what has changed since this was last called. */
    void tellDays() {
        days.forEach((key, change) -> forward(key, change, LedgerOutputs.DAILY_DELTAS));
        days.clear();
    }

    /** Tells a run where it stands on a host. */
    void tell(TrackedRun run) {
        var event = run.getEvent();
        forward(
                event.getRun(),
                new RunDelta(
                        event.getHost(), event.getProject(), event.getZone(), null, null, event, run.getTold(), now()),
                LedgerOutputs.RUN_DELTAS);
    }

    private void forward(Object key, @Nullable Object value, String output) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), output);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
