package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.schemas.state.RunHostStatus;
import io.wattledger.schemas.state.TrackedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One host: what was seen of it, its rows that may still change, and its runs that are not finished. */
final class HostLedger {
    private final LedgerSettings settings;
    private final HostState state;
    private final SeenSamples seen;
    private final Map<LedgerKey, OpenRow> rows = new HashMap<>();

    HostLedger(LedgerSettings settings, HostState state) {
        this.settings = settings;
        this.state = changeable(state);
        this.seen = new SeenSamples(state);
        state.getRows().forEach(row -> rows.put(EnergyRows.key(row.getEnergy()), row));
    }

    /** Avro's own lists cannot remove through an iterator. */
    private static HostState changeable(HostState state) {
        state.setSessions(new ArrayList<>(state.getSessions()));
        state.getSessions().forEach(window -> window.setRanges(new ArrayList<>(window.getRanges())));
        state.setRows(new ArrayList<>(state.getRows()));
        state.setRuns(new ArrayList<>(state.getRuns()));
        return state;
    }

    HostState state() {
        return state;
    }

    /** Whether anything of it may still change by itself; otherwise it need not be kept in memory. */
    boolean isQuiet() {
        return state.getRows().isEmpty() && state.getRuns().isEmpty();
    }

    /**
     * Accounts the samples that were not seen before.
     *
     * @param reopen takes a closed row back for a late sample; gives null where there is none
     * @throws RefusedException when a sample cannot be right; then none of the record is accounted
     */
    void add(PowerSamples samples, Function<LedgerKey, @Nullable OpenRow> reopen, Instant now) throws RefusedException {
        for (var sample : samples.getSamples()) {
            SampleCheck.check(samples, sample);
        }
        for (var sample : samples.getSamples()) {
            if (seen.add(samples.getSession(), sample.getSeq(), sample.getEnd())) {
                SampleDivision.divide(samples, sample, settings.slots()).forEach(part -> add(part, reopen));
                heard(sample, now);
            }
        }
    }

    private void add(EnergyRow part, Function<LedgerKey, @Nullable OpenRow> reopen) {
        var key = EnergyRows.key(part);
        var row = rows.get(key);
        if (row == null) {
            row = reopen.apply(key);
            if (row == null) {
                row = new OpenRow(part, null, true);
            } else {
                EnergyRows.add(row.getEnergy(), part);
            }
            rows.put(key, row);
            state.getRows().add(row);
        } else {
            EnergyRows.add(row.getEnergy(), part);
        }
        row.setDirty(true);
    }

    private void heard(Sample sample, Instant now) {
        for (var run : state.getRuns()) {
            for (var usage : sample.getUsage()) {
                if (usage.getRun().equals(run.getEvent().getRun())) {
                    run.setLastHeard(now);
                }
            }
        }
    }

    /** Notes the start or the end of a run; a start that comes after the end changes nothing. */
    void track(RunEvent event, Instant now) {
        for (var run : state.getRuns()) {
            if (run.getEvent().getRun().equals(event.getRun())) {
                if (run.getEvent().getFinished() == null) {
                    run.setEvent(event);
                }
                run.setLastHeard(now);
                return;
            }
        }
        state.getRuns().add(new TrackedRun(event, RunHostStatus.UNKNOWN, now));
    }

    /** Marks the rows of a zone as changed, because an intensity has changed; returns whether there are any. */
    boolean touch(Predicate<String> zone) {
        boolean touched = false;
        for (var row : state.getRows()) {
            if (zone.test(row.getEnergy().getZone())) {
                row.setDirty(true);
                touched = true;
            }
        }
        return touched;
    }

    /** Whether there is something to settle now. */
    boolean isDue(Instant now) {
        return state.getRows().stream().anyMatch(row -> row.getDirty() || isClosed(row, now))
                || state.getRuns().stream().anyMatch(run -> status(run, now) != run.getTold());
    }

    /** Hands over each row that has changed or whose slot has closed, and keeps those whose slot is open. */
    void settleRows(Instant now, RowSettlement settlement) {
        for (Iterator<OpenRow> each = state.getRows().iterator(); each.hasNext(); ) {
            var row = each.next();
            boolean closed = isClosed(row, now);
            if (row.getDirty() || closed) {
                settlement.settle(row, closed);
                row.setDirty(false);
            }
            if (closed) {
                each.remove();
                rows.remove(EnergyRows.key(row.getEnergy()));
            }
        }
    }

    /** Hands over each run that stands elsewhere than was last told, and forgets those that are finished. */
    void settleRuns(Instant now, Consumer<TrackedRun> tell) {
        for (Iterator<TrackedRun> each = state.getRuns().iterator(); each.hasNext(); ) {
            var run = each.next();
            var status = status(run, now);
            if (status != run.getTold()) {
                run.setTold(status);
                tell.accept(run);
            }
            if (status == RunHostStatus.FINISHED || run.getLastHeard().isBefore(now.minus(settings.horizon()))) {
                each.remove();
            }
        }
        seen.forgetBefore(now.minus(settings.horizon()));
    }

    private boolean isClosed(OpenRow row, Instant now) {
        var energy = row.getEnergy();
        return !energy.getSlotStart()
                .plusMillis(energy.getSlotLengthMillis())
                .plus(settings.grace())
                .isAfter(now);
    }

    private RunHostStatus status(TrackedRun run, Instant now) {
        var event = run.getEvent();
        if (event.getFinished() == null) {
            boolean silent = run.getLastHeard().isBefore(now.minus(settings.runTimeout()));
            return silent ? RunHostStatus.LOST : RunHostStatus.RUNNING;
        }
        var last = event.getLastSeq();
        return last != null && seen.covers(event.getSession(), event.getFirstSeq(), last)
                ? RunHostStatus.FINISHED
                : RunHostStatus.ENDED;
    }

    /** What is done with a row that has changed or whose slot has closed. */
    interface RowSettlement {
        void settle(OpenRow row, boolean closed);
    }
}
