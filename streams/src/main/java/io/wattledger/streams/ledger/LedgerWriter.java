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

    /** Writes a row that is new, or now has other figures than {@code before}, and tells the totals. */
    void change(LedgerKey key, @Nullable EmissionRow before, EmissionRow after) {
        if (before == null || hasOtherEnergy(before, after)) {
            forward(key, EmissionRows.energy(after), LedgerOutputs.ENERGY_LEDGER);
        }
        forward(key, after, LedgerOutputs.EMISSIONS_LEDGER);
        tellTotals(before, after);
    }

    /** Writes a row again whose figures are as they were: it has closed, or was sealed. */
    void again(LedgerKey key, EmissionRow row) {
        if (row.getSealed()) {
            forward(key, EmissionRows.energy(row), LedgerOutputs.ENERGY_LEDGER);
        }
        forward(key, row, LedgerOutputs.EMISSIONS_LEDGER);
    }

    /** Takes a row away that has nothing in it any more. */
    void retract(LedgerKey key, EmissionRow before) {
        forward(key, null, LedgerOutputs.ENERGY_LEDGER);
        forward(key, null, LedgerOutputs.EMISSIONS_LEDGER);
        tellTotals(before, null);
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

    private void tellTotals(@Nullable EmissionRow before, @Nullable EmissionRow after) {
        var row = after != null ? after : before;
        if (row == null) {
            return;
        }
        if (!PseudoRun.is(row.getRun())) {
            tellRun(row, RowDeltas.between(before, after));
        }
        if (Replay.is(row.getHost())) {
            return;
        }
        hours.change(row, before, after);
        if (before == null || after == null || before.getZone().equals(after.getZone())) {
            tellDay(row, RowDeltas.between(before, after));
        } else {
            tellDay(before, RowDeltas.between(before, null));
            tellDay(after, RowDeltas.between(null, after));
        }
    }

    private void tellRun(EmissionRow row, RowDelta change) {
        forward(
                row.getRun(),
                new RunDelta(row.getHost(), row.getProject(), row.getZone(), change, null, null, null, now()),
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

    /** Keeps a revision of a closed row, and tells its run when it replaces another one. */
    void keep(LedgerKey key, EmissionRevision revision) {
        forward(key, revision, LedgerOutputs.EMISSIONS_HISTORY);
        var row = revision.getRow();
        if (revision.getReplacesRevision() != null && !PseudoRun.is(row.getRun())) {
            forward(
                    row.getRun(),
                    new RunDelta(row.getHost(), row.getProject(), row.getZone(), null, revision, null, null, now()),
                    LedgerOutputs.RUN_DELTAS);
        }
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
