package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.TrackedRun;
import io.wattledger.streams.sums.RowSums;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes rows to the ledger and its history, and tells every total what changes of rows add to it, added up. */
final class LedgerWriter {
    private static final RowSums SUMS = new RowSums(RowDelta.getClassSchema());

    /** Of one run in one record, so that it stays far below what Kafka takes. */
    private static final int MOST_REVISIONS = 200;

    private final ProcessorContext<Object, Object> context;
    private final HostHours hours;
    private final Map<String, RunDelta> runs = new LinkedHashMap<>();
    private final Map<String, DailyDelta> days = new LinkedHashMap<>();

    LedgerWriter(ProcessorContext<Object, Object> context, HostHours hours) {
        this.context = context;
        this.hours = hours;
    }

    /** Notes for the totals that an open row is new, or now has other figures than {@code before}. */
    void change(@Nullable EmissionRow before, EmissionRow after) {
        note(before, after, null);
    }

    /** Writes a row, of which the totals know, as it stands. */
    void write(LedgerKey key, EmissionRow row) {
        forward(key, EmissionRows.energy(row), LedgerOutputs.ENERGY_LEDGER);
        forward(key, row, LedgerOutputs.EMISSIONS_LEDGER);
    }

    /** Writes a row that now has other figures than {@code before}, with its revision, and notes it for the totals. */
    void revise(LedgerKey key, @Nullable EmissionRow before, EmissionRow after, EmissionRevision revision) {
        if (before == null || hasOtherEnergy(before, after)) {
            forward(key, EmissionRows.energy(after), LedgerOutputs.ENERGY_LEDGER);
        }
        forward(key, after, LedgerOutputs.EMISSIONS_LEDGER);
        forward(key, revision, LedgerOutputs.EMISSIONS_HISTORY);
        note(before, after, revision);
        hours.publishSoon(after);
    }

    /** Writes a row again whose figures are as they were, with its first revision. */
    void first(LedgerKey key, EmissionRevision revision) {
        forward(key, revision.getRow(), LedgerOutputs.EMISSIONS_LEDGER);
        forward(key, revision, LedgerOutputs.EMISSIONS_HISTORY);
    }

    /** Takes a row away that has nothing in it any more. */
    void retract(LedgerKey key, EmissionRow before, @Nullable EmissionRevision revision) {
        forward(key, null, LedgerOutputs.ENERGY_LEDGER);
        forward(key, null, LedgerOutputs.EMISSIONS_LEDGER);
        if (revision != null) {
            forward(key, revision, LedgerOutputs.EMISSIONS_HISTORY);
        }
        note(before, null, revision);
        hours.publishSoon(before);
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

    private void note(@Nullable EmissionRow before, @Nullable EmissionRow after, @Nullable EmissionRevision revision) {
        var row = after != null ? after : before;
        if (row == null) {
            return;
        }
        var change = RowDeltas.between(before, after);
        if (!Replay.is(row.getHost())) {
            hours.change(row, before, after);
            if (before == null || after == null || before.getZone().equals(after.getZone())) {
                noteForDay(row, change);
            } else {
                noteForDay(before, RowDeltas.between(before, null));
                noteForDay(after, RowDeltas.between(null, after));
            }
        }
        if (!PseudoRun.is(row.getRun())) {
            noteForRun(row, change, revision);
        }
    }

    private void noteForDay(EmissionRow row, RowDelta change) {
        var day = row.getSlotStart().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        var key = day + "/" + row.getProject() + "/" + row.getZone();
        var sum = days.computeIfAbsent(
                key, absent -> new DailyDelta(day, row.getProject(), row.getZone(), RowDeltas.none(), now()));
        SUMS.add(sum.getRow(), change);
    }

    /** A run is told the revision too, when it replaces another one. */
    private void noteForRun(EmissionRow row, RowDelta change, @Nullable EmissionRevision revision) {
        var sum = ofRun(row.getRun(), row.getHost(), row.getProject(), row.getZone());
        if (sum.getRow() == null) {
            sum.setRow(change);
        } else {
            SUMS.add(sum.getRow(), change);
        }
        if (revision != null && revision.getReplacesRevision() != null) {
            sum.getRevisions().add(revision);
            if (sum.getRevisions().size() == MOST_REVISIONS) {
                tellRuns();
            }
        }
    }

    /** Notes for a run where it stands on a host. */
    void note(TrackedRun run) {
        var event = run.getEvent();
        var noted = runs.get(event.getRun());
        if (noted != null && noted.getEvent() != null) {
            tellRuns();
        }
        var sum = ofRun(event.getRun(), event.getHost(), event.getProject(), event.getZone());
        sum.setHost(event.getHost());
        sum.setEvent(event);
        sum.setStatus(run.getTold());
    }

    private RunDelta ofRun(String run, String host, String project, String zone) {
        return runs.computeIfAbsent(
                run, absent -> new RunDelta(host, project, zone, null, new ArrayList<>(), null, null, now()));
    }

    /** Tells the totals what was noted for them; to be called before the step is done with a record or a turn. */
    void tellTotals() {
        tellRuns();
        days.forEach((key, change) -> forward(key, change, LedgerOutputs.DAILY_DELTAS));
        days.clear();
        hours.publish();
    }

    private void tellRuns() {
        runs.forEach((run, change) -> forward(run, change, LedgerOutputs.RUN_DELTAS));
        runs.clear();
    }

    private void forward(Object key, @Nullable Object value, String output) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), output);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
