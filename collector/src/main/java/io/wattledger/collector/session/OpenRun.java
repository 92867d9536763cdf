package io.wattledger.collector.session;

import io.wattledger.collector.control.Ended;
import io.wattledger.collector.control.FunctionalUnits;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.message.Message;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run between its start and its end. Guarded by the session's lock. */
final class OpenRun {
    private static final long NOT_YET = 0;

    final RunStart start;
    /** CPU time by monotonic nanoseconds: as at the last cut and at every measurement since. */
    private final TreeMap<Long, Long> cpuNanos = new TreeMap<>();

    /** Boundary at which it starts, until samples have come that far. */
    long startNanos;

    String session = "";
    long firstSeq = NOT_YET;
    long startedMillis;
    long memoryBytes;
    /** Its part of the use of devices, in thousandths of their time, as of the last tick. */
    Map<String, Integer> deviceThousandths = Map.of();
    /** Found running or announced from outside: it has no wrapper, and ends when nothing is left of it. */
    boolean adopted;
    /** Control group that it is, or null. */
    @Nullable
    String group;
    /** When it last ended, where it is open again. */
    EndedRuns.@Nullable Ended before;
    /** Processes that were there still when it ended. */
    Set<Long> leftBehind = Set.of();
    /** Restored from a predecessor's checkpoint, and its wrapper has not come yet. */
    boolean unclaimed;

    boolean ending;
    long endNanos;

    @Nullable
    Integer exitCode;

    @Nullable
    FunctionalUnits units;

    @Nullable
    Ended ended;

    OpenRun(RunStart start, long startNanos, long cpuNanosThen) {
        this.start = start;
        this.startNanos = startNanos;
        cpuNanos.put(startNanos, cpuNanosThen);
    }

    /** Its wrapper has come to a successor of the collector it was registered with: it is announced once more. */
    void claim() {
        unclaimed = false;
        firstSeq = NOT_YET;
    }

    /**
     * Its first sample in a session, once that is known for this period of it: samples of the period before, in the same session,
     * are its own as well.
     */
    void announced(String inSession, long seq) {
        session = inSession;
        firstSeq = before != null && before.session().equals(inSession) ? before.firstSeq() : seq;
    }

    /** The announcement could not be written. */
    void takeBack() {
        firstSeq = NOT_YET;
    }

    boolean announced() {
        return firstSeq != NOT_YET;
    }

    /** Whether it uses the interval between two boundaries. */
    boolean spans(long fromNanos, long toNanos) {
        return startNanos <= fromNanos && (!ending || endNanos >= toNanos);
    }

    void know(long nanos, long cpu) {
        if (nanos >= cpuNanos.lastKey()) {
            cpuNanos.put(nanos, Math.max(cpu, cpuNanos.lastEntry().getValue()));
        }
    }

    /** What was measured then is of no use: no sample ends there. */
    void forget(long nanos) {
        if (cpuNanos.size() > 1) {
            cpuNanos.remove(nanos);
        }
    }

    /** It has ended with this CPU time; what was measured later is of no use. */
    void endAt(long nanos, long cpu) {
        cpuNanos.tailMap(nanos, true).clear();
        var last = cpuNanos.lastEntry();
        cpuNanos.put(nanos, last == null ? cpu : Math.max(cpu, last.getValue()));
    }

    /** CPU time at a moment, in proportion to time between two measurements. */
    long cpuAt(long nanos) {
        var below = cpuNanos.floorEntry(nanos);
        var above = cpuNanos.ceilingEntry(nanos);
        if (below == null) {
            return cpuNanos.firstEntry().getValue();
        }
        if (above == null || above.getKey().equals(below.getKey())) {
            return below.getValue();
        }
        double part = (double) (nanos - below.getKey()) / (above.getKey() - below.getKey());
        return below.getValue() + Math.round(part * (above.getValue() - below.getValue()));
    }

    /** Samples have been cut up to here; what was before is of no use any more. */
    void cutAt(long nanos) {
        if (nanos > cpuNanos.firstKey()) {
            long cpu = cpuAt(nanos);
            cpuNanos.headMap(nanos, true).clear();
            cpuNanos.put(nanos, cpu);
        }
    }

    Message toMessage(long cutNanos, Message processes) {
        return start.toMessage()
                .put("session", session)
                .put("first", firstSeq)
                .put("started", startedMillis)
                .put("cpu", cpuAt(cutNanos))
                .put("adopted", adopted)
                .put("group", group)
                .putAll("t.", processes);
    }

    static OpenRun restore(Message message, long cutNanos) {
        var run = new OpenRun(RunStart.fromMessage(message), cutNanos, message.getLong("cpu"));
        run.session = message.get("session");
        run.firstSeq = message.getLong("first");
        run.startedMillis = message.getLong("started");
        run.adopted = "true".equals(message.find("adopted"));
        run.group = message.find("group");
        run.unclaimed = true;
        return run;
    }
}
