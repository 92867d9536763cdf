package io.wattledger.collector.session;

import io.wattledger.collector.control.Ended;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.process.RunUsage;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry;
import io.wattledger.collector.spool.SpoolEntry.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples of a session, one after the other, each written to the spool in one piece with the events at its end and the
 * state behind it. When that fails nothing has changed, and the next sample is as much longer. Guarded by the session's lock.
 */
final class Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    private final HostSettings host;
    private final Measurement measurement;
    private final IdlePowers idle;
    private final RunUsage usage;
    private final Spool spool;
    private final RecordCodec codec;

    private long samples;
    private long gaps;
    private String session = "";
    private long seq;
    private long wallMillis;
    private @Nullable Snapshot cut;
    private Map<String, Measurement.Track> tracks = Map.of();
    private String zone;

    Timeline(
            HostSettings host,
            Measurement measurement,
            IdlePowers idle,
            RunUsage usage,
            Spool spool,
            RecordCodec codec) {
        this.host = host;
        this.measurement = measurement;
        this.idle = idle;
        idle.model(measurement.idleMilliwatts());
        this.usage = usage;
        this.spool = spool;
        this.codec = codec;
        this.zone = host.zone();
    }

    /** The session; empty while there is none. */
    String session() {
        return session;
    }

    /** Samples written. */
    long samples() {
        return samples;
    }

    /** Sensors that could not be read at the end of one of them. */
    long gaps() {
        return gaps;
    }

    /** When the last sample ended. */
    long wallMillis() {
        return wallMillis;
    }

    String zone() {
        return zone;
    }

    long seq() {
        return seq;
    }

    boolean sampling() {
        return cut != null;
    }

    /** Where the last sample ended, by the monotonic clock. */
    long cutNanos() {
        return Objects.requireNonNull(cut, "not sampling").monotonicNanos();
    }

    /** Goes on where a predecessor stopped, in a session of its own. */
    void resume(Checkpoint last) {
        session = UUID.randomUUID().toString();
        seq = 0;
        cut = last.cut();
        tracks = last.tracks();
        zone = last.runs().isEmpty() ? host.zone() : last.zone();
        notBefore(last.wallMillis());
    }

    /** No sample begins before this time. */
    void notBefore(long millis) {
        wallMillis = Math.max(wallMillis, millis);
    }

    /** Begins a session at a boundary. */
    void begin(Snapshot at, Collection<OpenRun> runs, String zoneOfRuns) throws IOException {
        session = UUID.randomUUID().toString();
        seq = 0;
        cut = at;
        tracks = Measurement.tracks(at);
        notBefore(at.wallMillis());
        var step = new Step(at, wallMillis, 0, tracks);
        step.announce(runs, zoneOfRuns);
        step.write(runs, false);
    }

    /** Stops to sample; the next boundary begins another session. */
    void pause() {
        cut = null;
        session = "";
        zone = host.zone();
    }

    /**
     * Cuts a sample at a boundary later than the last, together with the starts and ends of runs there.
     *
     * @param zoneOfRuns zone from the first run announced here on
     * @param pauses whether sampling stops here
     */
    void advance(Snapshot to, Collection<OpenRun> runs, String zoneOfRuns, boolean pauses) throws IOException {
        var from = Objects.requireNonNull(cut, "not sampling");
        beginAnewWhereTheClockWasSet(from, to, runs);
        long end = WallClockLine.end(wallMillis, to.monotonicNanos() - from.monotonicNanos(), to.wallMillis());
        if (end <= wallMillis) {
            if (runs.stream().noneMatch(run -> endsBy(run, to))) {
                // Less than a millisecond: the boundary falls together with the last, the time goes to the next sample.
                var step = new Step(from, wallMillis, seq, tracks);
                runs.stream()
                        .filter(run -> run.startNanos <= to.monotonicNanos())
                        .forEach(run -> run.startNanos = Math.min(run.startNanos, from.monotonicNanos()));
                step.announce(runs, zoneOfRuns);
                step.write(runs, false);
                return;
            }
            end = wallMillis + 1;
        }
        runs.stream()
                .filter(run -> endsBy(run, to) && run.startNanos >= run.endNanos)
                .forEach(run -> run.startNanos = from.monotonicNanos());
        var measured = measurement.between(from, to, tracks);
        var step = new Step(to, end, seq + 1, measured.tracks());
        step.announceBefore(from, runs, zoneOfRuns);
        var usages = runs.stream()
                .filter(run -> run.spans(from.monotonicNanos(), to.monotonicNanos()))
                .map(run -> Records.usage(run, from, to))
                .toList();
        var sample =
                Records.sample(seq + 1, wallMillis, end, from, to, measured.readings(), usages, host.memoryBytes());
        step.entries.add(codec.encode(
                Kind.POWER_SAMPLES, Records.samples(host, step.zone, to.bootId(), session, idle.milliwatts(), sample)));
        step.end(runs);
        step.announce(runs, zoneOfRuns);
        step.write(runs, pauses);
        idle.learn(sample);
        samples++;
        gaps += to.problems().size();
    }

    /** In a session of its own, whose first interval ends when the clock says so; open runs are announced in it once more. */
    private void beginAnewWhereTheClockWasSet(Snapshot from, Snapshot to, Collection<OpenRun> runs) {
        long elapsedNanos = to.monotonicNanos() - from.monotonicNanos();
        if (!WallClockLine.isBroken(wallMillis, elapsedNanos, to.wallMillis())) {
            return;
        }
        long start = to.wallMillis() - Math.max(1, elapsedNanos / 1_000_000L);
        LOG.warn(
                "The clock says {}, {} was expected; samples go on in another session",
                Instant.ofEpochMilli(to.wallMillis()),
                Instant.ofEpochMilli(wallMillis + elapsedNanos / 1_000_000L));
        session = UUID.randomUUID().toString();
        seq = 0;
        wallMillis = start;
        for (var run : runs) {
            run.takeBack();
            run.startedMillis = run.startedMillis == 0 ? 0 : Math.min(run.startedMillis, start);
        }
    }

    /** Ends a run as of the last sample, after the fact. */
    void endAsOfLastSample(OpenRun run, Collection<OpenRun> others) throws IOException {
        var step = new Step(Objects.requireNonNull(cut), wallMillis, seq, tracks);
        step.entries.add(codec.encode(Kind.RUN_EVENT, Records.event(run, host.host(), zone, wallMillis, seq)));
        step.write(others, false);
    }

    /** Ends runs of a predecessor as of its last sample; {@code others} are those that go on. */
    void endOfPredecessor(Checkpoint last, List<OpenRun> ended, List<Message> others) throws IOException {
        var entries = new ArrayList<SpoolEntry>();
        for (var run : ended) {
            entries.add(
                    codec.encode(Kind.RUN_EVENT, Records.event(run, host.host(), zone, last.wallMillis(), last.seq())));
        }
        var cutThen = others.isEmpty() ? null : last.cut();
        entries.add(new Checkpoint(
                        last.session(), last.seq(), last.wallMillis(), last.zone(), cutThen, last.tracks(), others)
                .toEntry());
        spool.append(entries);
    }

    private static boolean endsBy(OpenRun run, Snapshot to) {
        return run.ending && run.endNanos <= to.monotonicNanos();
    }

    /** One frame of the spool in the making, and the state that holds once it is written. */
    private final class Step {
        final List<SpoolEntry> entries = new ArrayList<>();
        final List<OpenRun> announced = new ArrayList<>();
        final List<OpenRun> ended = new ArrayList<>();
        final Snapshot at;
        final long millis;
        final long lastSeq;
        final Map<String, Measurement.Track> tracksThen;
        String zone = Timeline.this.zone;

        Step(Snapshot at, long millis, long lastSeq, Map<String, Measurement.Track> tracksThen) {
            this.at = at;
            this.millis = millis;
            this.lastSeq = lastSeq;
            this.tracksThen = tracksThen;
        }

        /** Runs that start at the end of this step. */
        void announce(Collection<OpenRun> runs, String zoneOfRuns) {
            for (var run : runs) {
                if (!run.announced() && run.startNanos <= at.monotonicNanos()) {
                    announce(run, lastSeq + 1, millis, zoneOfRuns);
                }
            }
        }

        /** Runs that started at or before the beginning of this step and came to be known only now. */
        void announceBefore(Snapshot from, Collection<OpenRun> runs, String zoneOfRuns) {
            for (var run : runs) {
                if (!run.announced() && run.startNanos <= from.monotonicNanos()) {
                    announce(run, lastSeq, wallMillis, zoneOfRuns);
                }
            }
        }

        private void announce(OpenRun run, long firstSeq, long startedMillis, String zoneOfRuns) {
            zone = zoneOfRuns;
            run.announced(session, firstSeq);
            run.startedMillis = run.startedMillis == 0 ? startedMillis : run.startedMillis;
            announced.add(run);
            entries.add(codec.encode(Kind.RUN_EVENT, Records.event(run, host.host(), zone, null, null)));
        }

        void end(Collection<OpenRun> runs) {
            for (var run : runs) {
                if (endsBy(run, at) && run.announced()) {
                    ended.add(run);
                    entries.add(codec.encode(Kind.RUN_EVENT, Records.event(run, host.host(), zone, millis, lastSeq)));
                }
            }
        }

        void write(Collection<OpenRun> runs, boolean pauses) throws IOException {
            var open = runs.stream()
                    .filter(run -> run.announced() && !ended.contains(run))
                    .map(run -> run.toMessage(at.monotonicNanos(), usage.state(run.start.run())))
                    .toList();
            var zoneThen = open.isEmpty() ? host.zone() : zone;
            var cutThen = pauses ? null : at;
            entries.add(new Checkpoint(session, lastSeq, millis, zoneThen, cutThen, tracksThen, open).toEntry());
            try {
                spool.append(entries);
            } catch (IOException e) {
                announced.forEach(OpenRun::takeBack);
                throw e;
            }
            cut = at;
            seq = lastSeq;
            wallMillis = millis;
            tracks = tracksThen;
            Timeline.this.zone = zoneThen;
            for (var run : ended) {
                long cpu = run.cpuAt(at.monotonicNanos());
                run.ended = new Ended(session, run.firstSeq, lastSeq, run.startedMillis, millis, cpu);
            }
            runs.forEach(run -> run.cutAt(at.monotonicNanos()));
            if (pauses) {
                pause();
            }
        }
    }
}
