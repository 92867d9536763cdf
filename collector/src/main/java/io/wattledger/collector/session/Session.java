package io.wattledger.collector.session;

import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.Ended;
import io.wattledger.collector.control.ListedRun;
import io.wattledger.collector.control.OpenRuns;
import io.wattledger.collector.control.RunEnd;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.process.NoSuchWorkException;
import io.wattledger.collector.process.RunUsage;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.ProcessShares;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.snapshot.SnapshotSource;
import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this host and the boundaries of its samples. Boundaries may come out of order for a short while: two wrappers
 * that started at once, each before any collector was up, hand in a snapshot each. So a collector that has just started holds
 * samples back for about an interval, then cuts them at all boundaries in order of time. Thread-safe.
 */
public final class Session implements OpenRuns {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** How long a collector that has just started waits for further wrappers. */
    private static final Duration FIRST_HOLD = Duration.ofSeconds(1);

    /** How long the wrappers of a dead predecessor's runs have to come. */
    private static final Duration CLAIM_TIME = Duration.ofSeconds(5);

    /** A collector that always samples takes over from its predecessor when that stopped no longer ago than this. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(5);

    private final HostSettings host;
    private final SnapshotSource snapshots;
    private final LongSupplier nanoTime;
    private final RunUsage usage;
    private final DeviceShares deviceShares;
    private final Spool spool;
    private final Timeline timeline;
    private final Map<String, OpenRun> runs = new LinkedHashMap<>();
    private final TreeMap<Long, Snapshot> boundaries = new TreeMap<>();
    private final EndedRuns endedRuns = new EndedRuns();

    private String zone;
    private long holdUntilNanos;
    private boolean everRegistered;
    private boolean closed;
    private @Nullable Checkpoint predecessor;

    /**
     * Begins where the spool's newest checkpoint left off, as far as there is anything to go on with.
     *
     * @param nanoTime the monotonic clock of the snapshots
     * @param models models for what no sensor in the snapshots measures
     * @param idle the idle power of the devices
     * @param devices what tells the use of GPUs by process
     */
    public Session(
            HostSettings host,
            SnapshotSource snapshots,
            LongSupplier nanoTime,
            List<PowerModel> models,
            IdlePowers idle,
            List<ProcessShares> devices,
            RunUsage usage,
            Spool spool,
            RecordCodec codec)
            throws IOException {
        this.host = host;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
        this.usage = usage;
        this.deviceShares = new DeviceShares(devices, usage);
        this.spool = spool;
        this.zone = host.zone();
        this.timeline = new Timeline(host, new Measurement(models, host.interval()), idle, usage, spool, codec);
        var now = snapshots.take();
        holdUntilNanos = now.monotonicNanos();
        var last = lastCheckpoint();
        if (last != null) {
            takeOver(last, now);
        }
        if (!host.onlyDuringRuns() && !timeline.sampling()) {
            boundaries.put(now.monotonicNanos(), now);
        }
    }

    /**
     * Opens a run, or takes back one that a predecessor knew.
     *
     * @param started moment at which it started, or null for now
     * @param pid its root process, or null when it has none yet
     * @return the zone that counts
     */
    public synchronized String register(RunStart start, @Nullable Snapshot started, @Nullable Long pid)
            throws IOException {
        var known = runs.get(start.run());
        if (known == null) {
            var now = snapshots.take();
            usage.begin(start.run(), start.parentRun(), null);
            open(start, started, now);
        } else {
            known.adopted = false;
            claim(known);
        }
        if (pid != null) {
            usage.rootStarted(start.run(), pid);
        }
        flushUnlessHeld();
        return zone;
    }

    @Override
    public synchronized void adopt(RunStart start, @Nullable Long pid, @Nullable String group) throws IOException {
        if (closed || runs.containsKey(start.run())) {
            throw new CollectorException("Run " + start.run() + " is open already");
        }
        var ended = endedRuns.find(start.run());
        if (group == null && pid != null && ended != null && ended.leftBehind().contains(pid)) {
            throw new CollectorException(
                    "Run " + start.run() + " has ended; process " + pid
                            + ", which is left of it, belongs to no run. A process started since can be a run of that name again");
        }
        for (var other : runs.values()) {
            if (group != null && group.equals(other.group)) {
                throw new CollectorException("Control group " + group + " is run " + other.start.run() + " already");
            }
        }
        var now = snapshots.take();
        try {
            usage.join(start.run(), pid, group);
        } catch (NoSuchWorkException e) {
            throw new CollectorException(String.valueOf(e.getMessage()));
        }
        var run = open(start, null, now);
        run.adopted = true;
        run.group = group;
        flushUnlessHeld();
    }

    @Override
    public synchronized List<ListedRun> runs() {
        return runs.values().stream()
                .map(run -> new ListedRun(run.start, run.startedMillis, run.adopted, run.group))
                .toList();
    }

    /** The root process of a run has started. */
    public synchronized void started(String run, long pid) throws IOException {
        require(run);
        usage.rootStarted(run, pid);
    }

    /** Ends a run and returns when its last sample and its end are on disk. */
    public synchronized Ended end(String run, RunEnd end) throws IOException {
        var ending = require(run);
        if (!ending.ending) {
            usage.rootEnded(run, end.cpuNanos());
            var now = snapshots.take();
            var uses = usage.measure();
            var moment = end.moment();
            var at = moment == null || !moment.bootId().equals(now.bootId()) ? now : snapshots.adopt(moment);
            long nanos = Math.max(at.monotonicNanos(), ending.startNanos);
            if (timeline.sampling() && nanos <= timeline.cutNanos()) {
                at = now;
                nanos = now.monotonicNanos();
            }
            know(now.monotonicNanos(), uses, run);
            var use = uses.get(run);
            if (use != null) {
                ending.endAt(nanos, use.cpuNanos());
            }
            ending.leftBehind = processesOf(run);
            ending.ending = true;
            ending.endNanos = nanos;
            ending.exitCode = end.exitCode();
            ending.units = end.units();
            boundaries.putIfAbsent(nanos, at);
        }
        awaitRelease();
        flush();
        var ended = ending.ended;
        if (ended == null) {
            throw new CollectorException("Run " + run + " could not be ended; see the collector's log");
        }
        return ended;
    }

    /** The wrapper of a run is gone: ends it as of the last sample, without an exit code. */
    public synchronized void abandoned(String run) throws IOException {
        var left = runs.get(run);
        if (left == null || left.ending || closed) {
            return;
        }
        LOG.info("What ran as run {} is gone; the run ends with the last sample", run);
        left.leftBehind = processesOf(run);
        if (left.announced() && timeline.sampling() && left.firstSeq <= timeline.seq()) {
            // Should that not be written now, the next sample ends it.
            left.ending = true;
            left.endNanos = timeline.cutNanos();
            timeline.endAsOfLastSample(left, othersThan(left));
            runs.remove(run);
            endedRuns.add(left, left.leftBehind);
            usage.forget(run);
            pauseWhenDone();
        } else {
            var now = snapshots.take();
            left.ending = true;
            left.endNanos = now.monotonicNanos();
            boundaries.put(now.monotonicNanos(), now);
            flushUnlessHeld();
        }
    }

    /** Cuts a sample now, unless this collector samples only during runs and there is none. */
    public synchronized void tick() throws IOException {
        if (closed || (host.onlyDuringRuns() && runs.isEmpty())) {
            return;
        }
        var now = snapshots.take();
        var uses = usage.measure();
        endGone(uses);
        boundaries.put(now.monotonicNanos(), now);
        know(now.monotonicNanos(), uses, "");
        var shares = deviceShares.sinceLast();
        runs.values().forEach(run -> run.deviceThousandths = shares.getOrDefault(run.start.run(), Map.of()));
        try {
            flushUnlessHeld();
        } catch (IOException e) {
            // However long it lasts that nothing can be written, no more is kept than where runs start and end.
            boundaries.remove(now.monotonicNanos());
            runs.values().forEach(run -> run.forget(now.monotonicNanos()));
            throw e;
        }
    }

    private List<OpenRun> othersThan(OpenRun one) {
        return runs.values().stream().filter(run -> run != one).toList();
    }

    /** Of a run, as of the last measurement. */
    private Set<Long> processesOf(String run) {
        return usage.runsByProcess().entrySet().stream()
                .filter(process -> process.getValue().equals(run))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Adopted runs have nobody who would say that they have ended. */
    private void endGone(Map<String, RunUsage.Use> uses) throws IOException {
        for (var run : List.copyOf(runs.values())) {
            var use = uses.get(run.start.run());
            if (run.adopted && use != null && !use.alive()) {
                abandoned(run.start.run());
            }
        }
    }

    /** Puts further records into the spool, without touching what a successor would go on from. */
    public synchronized void note(List<SpoolEntry> entries) throws IOException {
        var all = new ArrayList<>(entries);
        // The newest checkpoint goes along: the segment that held it may be dropped once this one is begun.
        spool.checkpoint().ifPresent(payload -> all.add(new SpoolEntry(SpoolEntry.Kind.CHECKPOINT, 0, payload)));
        spool.append(all);
    }

    /** Cuts a last sample. Open runs stay open, for a successor. */
    public synchronized void close() throws IOException {
        if (!closed) {
            if (runs.values().stream().noneMatch(run -> run.unclaimed)) {
                holdUntilNanos = nanoTime.getAsLong();
                tick();
            }
            closed = true;
            notifyAll();
        }
    }

    /** Time between two samples at present: the shortest that an open run asks for. */
    public synchronized Duration interval() {
        long millis = host.interval().toMillis();
        for (var run : runs.values()) {
            millis = Math.min(millis, run.start.intervalMillis());
        }
        return Duration.ofMillis(millis);
    }

    /** Samples written since the start. */
    public synchronized long samples() {
        return timeline.samples();
    }

    /** When the last of them ended, in milliseconds since the epoch; 0 before the first. */
    public synchronized long lastSampleMillis() {
        return timeline.samples() == 0 ? 0 : timeline.wallMillis();
    }

    /** Readings missing from them because a sensor could not be read. */
    public synchronized long gaps() {
        return timeline.gaps();
    }

    /** Number of open runs. */
    public synchronized int openRuns() {
        return runs.size();
    }

    /** The session's identifier; empty while it does not sample. */
    public synchronized String session() {
        return timeline.session();
    }

    /** Zone that samples are published with at present. */
    public synchronized String zone() {
        return zone;
    }

    private @Nullable Checkpoint lastCheckpoint() {
        try {
            return spool.checkpoint().map(Checkpoint::fromPayload).orElse(null);
        } catch (MalformedMessageException e) {
            LOG.warn("Cannot go on where the last collector stopped, beginning anew: {}", e.getMessage());
            return null;
        }
    }

    private void takeOver(Checkpoint last, Snapshot now) throws IOException {
        timeline.notBefore(last.wallMillis());
        var cut = last.cut();
        for (var message : last.runs()) {
            var run = OpenRun.restore(message, cut == null ? now.monotonicNanos() : cut.monotonicNanos());
            runs.put(run.start.run(), run);
            usage.begin(run.start.run(), run.start.parentRun(), message.part("t."));
        }
        predecessor = last;
        if (cut == null || !cut.bootId().equals(now.bootId())) {
            endUnclaimed();
            return;
        }
        long gap = now.monotonicNanos() - cut.monotonicNanos();
        if (!runs.isEmpty() || (!host.onlyDuringRuns() && gap <= LONGEST_GAP.toNanos())) {
            timeline.resume(last);
        }
        if (!runs.isEmpty()) {
            zone = last.zone();
            LOG.info("Taking over {} open runs of a collector that died", runs.size());
            holdUntilNanos = now.monotonicNanos() + CLAIM_TIME.toNanos();
            claimAdopted();
        }
    }

    /** What is still there of the runs that have no wrapper goes on. */
    private void claimAdopted() {
        var uses = usage.measure();
        for (var run : List.copyOf(runs.values())) {
            var use = uses.get(run.start.run());
            if (run.adopted && use != null && use.alive()) {
                claim(run);
            }
        }
    }

    private void claim(OpenRun run) {
        if (run.unclaimed) {
            run.claim();
            if (runs.values().stream().noneMatch(other -> other.unclaimed)) {
                holdUntilNanos = nanoTime.getAsLong();
            }
        }
    }

    private OpenRun open(RunStart start, @Nullable Snapshot started, Snapshot now) {
        if (runs.isEmpty() && start.zone() != null) {
            zone = start.zone();
        } else if (start.zone() != null && !start.zone().equals(zone)) {
            LOG.warn(
                    "Run {} asks for zone {}, but the runs now open on this host are in zone {}: that one counts",
                    start.run(),
                    start.zone(),
                    zone);
        }
        var run = new OpenRun(start, place(started, now), 0);
        run.before = endedRuns.find(start.run());
        know(now.monotonicNanos(), usage.measure(), start.run());
        runs.put(start.run(), run);
        everRegistered = true;
        return run;
    }

    /** Where a run starts, by the monotonic clock; adds the boundary. */
    private long place(@Nullable Snapshot started, Snapshot now) {
        if (started == null || !started.bootId().equals(now.bootId())) {
            boundaries.put(now.monotonicNanos(), now);
            return now.monotonicNanos();
        }
        if (!everRegistered) {
            holdUntilNanos = Math.max(holdUntilNanos, now.monotonicNanos() + FIRST_HOLD.toNanos());
        }
        if (timeline.sampling() && started.monotonicNanos() <= timeline.cutNanos()) {
            return timeline.cutNanos();
        }
        boundaries.put(started.monotonicNanos(), snapshots.adopt(started));
        return started.monotonicNanos();
    }

    private void know(long nanos, Map<String, RunUsage.Use> uses, String except) {
        uses.forEach((name, use) -> {
            var run = runs.get(name);
            if (run != null && !run.ending && !name.equals(except)) {
                run.know(nanos, use.cpuNanos());
                run.memoryBytes = use.memoryBytes();
            }
        });
    }

    private OpenRun require(String run) throws CollectorException {
        var known = runs.get(run);
        if (known == null || closed) {
            throw new CollectorException("The collector knows no open run " + run + "; it may have been ended already");
        }
        return known;
    }

    private void awaitRelease() throws IOException {
        try {
            for (long left = heldNanos(); left > 0 && !closed; left = heldNanos()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectorException("The collector is being stopped");
        }
    }

    private long heldNanos() {
        return holdUntilNanos - nanoTime.getAsLong();
    }

    private void flushUnlessHeld() throws IOException {
        if (heldNanos() <= 0) {
            flush();
        }
    }

    private void flush() throws IOException {
        endUnclaimed();
        forgetIdleBoundaries();
        while (!boundaries.isEmpty()) {
            var boundary = boundaries.firstEntry().getValue();
            if (!timeline.sampling()) {
                timeline.begin(boundary, runs.values(), zone);
            } else if (boundary.monotonicNanos() > timeline.cutNanos() || anyEndsBy(boundary)) {
                boolean pauses = host.onlyDuringRuns()
                        && boundaries.size() == 1
                        && runs.values().stream()
                                .allMatch(run -> run.ending && run.endNanos <= boundary.monotonicNanos());
                timeline.advance(boundary, runs.values(), zone, pauses);
            }
            boundaries.pollFirstEntry();
            forgetEnded();
        }
        pauseWhenDone();
    }

    private boolean anyEndsBy(Snapshot boundary) {
        return runs.values().stream().anyMatch(run -> run.ending && run.endNanos <= boundary.monotonicNanos());
    }

    /** Where sampling has stopped and is to begin with a run, what was before that run is of no use. */
    private void forgetIdleBoundaries() {
        if (host.onlyDuringRuns() && !timeline.sampling()) {
            runs.values().stream()
                    .mapToLong(run -> run.startNanos)
                    .min()
                    .ifPresentOrElse(start -> boundaries.headMap(start).clear(), boundaries::clear);
        }
    }

    private void forgetEnded() {
        var ended = runs.values().stream().filter(run -> run.ended != null).toList();
        for (var run : ended) {
            runs.remove(run.start.run());
            usage.forget(run.start.run());
            endedRuns.add(run, run.leftBehind);
        }
        if (!ended.isEmpty() && runs.isEmpty()) {
            zone = host.zone();
        }
    }

    private void pauseWhenDone() {
        if (runs.isEmpty()) {
            zone = host.zone();
            if (host.onlyDuringRuns()) {
                timeline.pause();
                boundaries.clear();
            }
        }
    }

    /** Runs of a predecessor whose wrapper did not come are ended as of its last sample. */
    private void endUnclaimed() throws IOException {
        var last = predecessor;
        if (last == null) {
            return;
        }
        var unclaimed = runs.values().stream().filter(run -> run.unclaimed).toList();
        if (!unclaimed.isEmpty()) {
            var claimed = last.runs().stream()
                    .filter(message -> {
                        var run = runs.get(message.get("run"));
                        return run != null && !run.unclaimed;
                    })
                    .toList();
            timeline.endOfPredecessor(last, unclaimed, claimed);
            for (var run : unclaimed) {
                runs.remove(run.start.run());
                usage.forget(run.start.run());
            }
            LOG.warn("Ended {} runs of a dead collector, whose wrappers are gone too", unclaimed.size());
            if (claimed.isEmpty() && host.onlyDuringRuns()) {
                timeline.pause();
            }
        }
        predecessor = null;
    }
}
