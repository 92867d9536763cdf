package io.wattledger.streams.ledger;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceTree;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.schemas.state.RunHostStatus;
import io.wattledger.schemas.state.SampledHour;
import io.wattledger.schemas.state.TrackedRun;
import io.wattledger.streams.runs.RunPeriods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One host: what was seen of it, its rows that may still change, its runs that are not finished, what was put right. */
final class HostLedger {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private record SlotKey(long start, String zone, int pueThousandths) {}

    private final String name;
    private final Timeline timeline;
    private final Corrections corrections;
    private final Map<String, TrackedRun> runs = new LinkedHashMap<>();
    private final Set<String> zones;
    private final Map<SlotKey, SlotRows> slots = new LinkedHashMap<>();
    private final Map<RowTally, SlotRows> unsaved = new LinkedHashMap<>();
    private final Map<Long, Long> sampledByHour = new TreeMap<>();
    private @Nullable HostProfile profile;
    private @Nullable SlotRows latest;
    private DeviceTree tree = new DeviceTree(List.of(), List.of());
    private boolean changed;
    private boolean unsettled;
    private boolean unwritten;

    HostLedger(String name) {
        this(new HostState(name, List.of(), List.of(), List.of(), List.of(), List.of(), null));
    }

    HostLedger(HostState state) {
        name = state.getHost();
        timeline = new Timeline(state.getSpans());
        corrections = new Corrections(state.getCorrections());
        zones = new LinkedHashSet<>(state.getZones());
        profile = state.getProfile();
        state.getRuns().forEach(run -> runs.put(run.getEvent().getRun(), run));
        state.getSampled().forEach(hour -> sampledByHour.put(hour.getHour(), hour.getMillijoules()));
    }

    HostState toState() {
        var sampled = new TreeMap<>(sampledByHour);
        slots.values().forEach(slot -> sampled.merge(hour(slot), slot.sampledMillijoules(), Math::addExact));
        return new HostState(
                name,
                timeline.toState(),
                sampled.entrySet().stream()
                        .filter(hour -> hour.getValue() != 0)
                        .map(hour -> new SampledHour(hour.getKey(), hour.getValue()))
                        .toList(),
                new ArrayList<>(runs.values()),
                corrections.toState(),
                new ArrayList<>(zones),
                profile);
    }

    String name() {
        return name;
    }

    Corrections corrections() {
        return corrections;
    }

    @Nullable
    HostProfile profile() {
        return profile;
    }

    void setProfile(HostProfile told) {
        profile = told;
    }

    /** Zones that closed rows of it are accounted in. */
    Set<String> zones() {
        return zones;
    }

    /** A row that was open when the state was last written. */
    void restore(OpenRow row) {
        var energy = row.getEnergy();
        slot(
                        energy.getSlotStart().toEpochMilli(),
                        energy.getSlotLengthMillis(),
                        energy.getZone(),
                        energy.getPueThousandths())
                .put(RowTally.of(row));
    }

    /** Whether nothing of it changes by itself; then it need not be kept in memory. */
    boolean isQuiet() {
        return slots.isEmpty() && runs.isEmpty() && sampledByHour.isEmpty();
    }

    int openSlots() {
        return slots.size();
    }

    /** Start of the oldest of the {@code count} newest open slots, in milliseconds since the epoch. */
    long newestSlots(int count) {
        return slots.values().stream()
                .map(SlotRows::startMillis)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .reduce(Long.MIN_VALUE, (newer, older) -> older);
    }

    /** Accounts a sample that was not seen before, and what it says of the time before it. */
    Timeline.Outcome add(PowerSamples samples, Sample sample, SlotLength slotLength, ClosedRows closed, Instant now) {
        var outcome = timeline.add(samples, sample, new Timeline.Holes() {
            @Override
            public void opened(Hole hole) {
                hole.book(slotLength, 1, (start, length, zone, pue) -> missing(start, length, zone, pue, closed));
            }

            @Override
            public void closed(Hole hole) {
                hole.book(slotLength, -1, (start, length, zone, pue) -> missing(start, length, zone, pue, closed));
            }
        });
        if (outcome == Timeline.Outcome.NEW) {
            SampleDivision.divide(samples, sample, slotLength, new SampleDivision.Rows() {
                @Override
                public SlotRows slot(long start, long length, String zone, int pue) {
                    return HostLedger.this.slot(start, length, zone, pue);
                }

                @Override
                public DeviceTree tree(List<Reading> devices) {
                    return HostLedger.this.tree(devices);
                }

                @Override
                public RowTally row(SlotRows slot, String run, String project) {
                    return HostLedger.this.row(slot, run, project, closed);
                }
            });
            heard(sample, now);
        }
        return outcome;
    }

    /** Which device is inside which; kept, as it hardly ever changes. */
    private DeviceTree tree(List<Reading> devices) {
        boolean known = tree.size() == devices.size();
        for (int i = 0; known && i < devices.size(); i++) {
            known = tree.has(i, devices.get(i).getDevice(), devices.get(i).getParent());
        }
        if (!known) {
            tree = new DeviceTree(
                    devices.stream().map(Reading::getDevice).toList(),
                    devices.stream().map(Reading::getParent).collect(Collectors.toCollection(ArrayList::new)));
        }
        return tree;
    }

    private RowTally missing(long start, long length, String zone, int pue, ClosedRows closed) {
        return row(slot(start, length, zone, pue), PseudoRun.MISSING, PseudoRun.PROJECT, closed);
    }

    private SlotRows slot(long start, long length, String zone, int pueThousandths) {
        if (latest == null || !latest.is(start, zone, pueThousandths)) {
            latest = slots.computeIfAbsent(
                    new SlotKey(start, zone, pueThousandths), key -> new SlotRows(start, length, zone, pueThousandths));
        }
        return latest;
    }

    private RowTally row(SlotRows slot, String run, String project, ClosedRows closed) {
        var row = slot.row(run, absent -> {
            var again = closed.take(key(slot, run), corrections.zone(slot.start(), slot.zone()));
            return again == null ? new RowTally(run, project) : RowTally.of(again);
        });
        saveLater(slot, row);
        return row;
    }

    private void saveLater(SlotRows slot, RowTally row) {
        if (row.markUnsaved()) {
            unsaved.put(row, slot);
        }
    }

    /** The key of a row; it keeps the zone and PUE that the collector told. */
    LedgerKey key(SlotRows slot, String run) {
        return new LedgerKey(run, name, slot.start(), slot.zone(), slot.pueThousandths());
    }

    private void heard(Sample sample, Instant now) {
        for (var usage : sample.getUsage()) {
            var run = runs.get(usage.getRun());
            if (run != null && run.getLastHeard().getEpochSecond() != now.getEpochSecond()) {
                run.setLastHeard(now);
            }
        }
    }

    /**
     * Notes the start or the end of a run. A start told after the end changes nothing, unless the run has started once more
     * since, as a container does.
     */
    void track(RunEvent event, Instant now) {
        var run = runs.computeIfAbsent(event.getRun(), absent -> new TrackedRun(event, RunHostStatus.UNKNOWN, now));
        if (run.getEvent().getFinished() == null || RunPeriods.isLater(event, run.getEvent())) {
            run.setEvent(event);
        }
        run.setLastHeard(now);
    }

    /** Marks rows as changed, because what they are accounted with has changed; returns whether there are any. */
    boolean touch(Function<SlotRows, Boolean> which) {
        boolean touched = false;
        for (var slot : slots.values()) {
            if (which.apply(slot)) {
                slot.rows().forEach(RowTally::touch);
                touched |= !slot.rows().isEmpty();
            }
        }
        return touched;
    }

    /** Notes that there is something to settle; returns whether that is news. */
    boolean markUnsettled() {
        boolean news = !unsettled;
        unsettled = true;
        return news;
    }

    boolean isUnsettled() {
        return unsettled;
    }

    /** Hands over each row that has changed. */
    void settleChanged(BiConsumer<SlotRows, RowTally> settle) {
        unsettled = false;
        for (var slot : slots.values()) {
            for (var row : slot.rows()) {
                if (row.isDirty()) {
                    settle.accept(slot, row);
                    unwritten |= !row.isWritten();
                    saveLater(slot, row);
                }
            }
        }
    }

    /** Whether there is anything for {@link #writeRows}. */
    boolean hasUnwrittenRows() {
        return unwritten;
    }

    /** Hands over each open row that the ledger's topics do not have as the totals know it. */
    void writeRows(BiConsumer<SlotRows, RowTally> write) {
        unwritten = false;
        for (var slot : slots.values()) {
            for (var row : slot.rows()) {
                if (!row.isWritten()) {
                    write.accept(slot, row);
                    saveLater(slot, row);
                }
            }
        }
    }

    /**
     * Hands over each row of the slots that are to be closed, and forgets them.
     *
     * @param settle says whether it has closed the row
     */
    void close(Function<SlotRows, Boolean> which, BiConsumer<SlotRows, RowTally> settle) {
        for (Iterator<SlotRows> each = slots.values().iterator(); each.hasNext(); ) {
            var slot = each.next();
            if (which.apply(slot)) {
                for (var row : slot.rows()) {
                    settle.accept(slot, row);
                    unsaved.remove(row);
                }
                sampledByHour.merge(hour(slot), slot.takeSampled(), Math::addExact);
                each.remove();
                latest = null;
            }
        }
    }

    /** Hands over, by hour, what samples have told since the last time. */
    void takeSampled(BiConsumer<Instant, Long> told) {
        slots.values().forEach(slot -> sampledByHour.merge(hour(slot), slot.takeSampled(), Math::addExact));
        sampledByHour.forEach((hour, millijoules) -> {
            if (millijoules != 0) {
                told.accept(Instant.ofEpochMilli(hour), millijoules);
            }
        });
        sampledByHour.clear();
    }

    private static long hour(SlotRows slot) {
        return Math.floorDiv(slot.startMillis(), HOUR) * HOUR;
    }

    /** Hands over the rows that have changed since it was last saved. */
    void save(BiConsumer<SlotRows, RowTally> save) {
        unsaved.forEach((row, slot) -> {
            save.accept(slot, row);
            row.saved();
        });
        unsaved.clear();
        changed = false;
    }

    /** Notes that it has changed since it was last saved; returns whether that is news. */
    boolean markChanged() {
        boolean news = !changed;
        changed = true;
        return news;
    }

    /**
     * Hands over each run that stands elsewhere than was last told, and forgets those that are finished or long silent.
     *
     * @return whether there was any
     */
    boolean settleRuns(Instant now, LedgerSettings settings, Consumer<TrackedRun> tell) {
        boolean any = false;
        for (Iterator<TrackedRun> each = runs.values().iterator(); each.hasNext(); ) {
            var run = each.next();
            var status = status(run, now.minus(settings.runTimeout()));
            if (status != run.getTold()) {
                run.setTold(status);
                tell.accept(run);
                any = true;
            }
            if (status == RunHostStatus.FINISHED || run.getLastHeard().isBefore(now.minus(settings.horizon()))) {
                each.remove();
                any = true;
            }
        }
        return any;
    }

    private RunHostStatus status(TrackedRun run, Instant silence) {
        var event = run.getEvent();
        if (event.getFinished() == null) {
            return run.getLastHeard().isBefore(silence) ? RunHostStatus.LOST : RunHostStatus.RUNNING;
        }
        var last = event.getLastSeq();
        return last != null && timeline.covers(event.getSession(), event.getFirstSeq(), last)
                ? RunHostStatus.FINISHED
                : RunHostStatus.ENDED;
    }

    void forgetBefore(Instant horizon) {
        timeline.forgetBefore(horizon.toEpochMilli());
        corrections.forgetBefore(horizon);
    }
}
