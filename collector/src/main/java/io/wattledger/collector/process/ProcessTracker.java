package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the processes of all open runs. Every process belongs to the innermost run it is in, so the CPU times of nested
 * runs add up to that of the outermost. Not thread-safe.
 */
final class ProcessTracker implements RunUsage {
    private record Seen(ProcStat stat, @Nullable String run, int depth) {}

    private final ProcessTable table;
    private final Map<String, RunProcesses> runs = new LinkedHashMap<>();
    private final RunMarks marks;
    private final ProcessMemory memory;

    ProcessTracker(ProcessTable table) {
        this(table, new RunMarks(table));
    }

    ProcessTracker(ProcessTable table, RunMarks marks) {
        this.table = table;
        this.marks = marks;
        this.memory = new ProcessMemory(table);
    }

    /** For the host we run on. */
    static ProcessTracker ofThisHost() {
        return new ProcessTracker(ProcessTable.ofThisHost());
    }

    @Override
    public void begin(String run, @Nullable String parentRun, @Nullable Message state) {
        var processes = new RunProcesses(run, parentRun);
        if (state != null) {
            processes.restore(state);
        }
        runs.put(run, processes);
    }

    /** {@inheritDoc} Without a process it is those whose environment names the run. */
    @Override
    public void join(String run, @Nullable Long pid, @Nullable String group) throws IOException {
        if (group != null) {
            throw new NoSuchWorkException("Cannot follow control group " + group + ": there are none on this system");
        }
        begin(run, null, null);
        if (pid != null) {
            rootStarted(run, pid);
        }
        measure();
        var joined = Objects.requireNonNull(runs.get(run));
        if (!joined.alive) {
            runs.remove(run);
            throw new NoSuchWorkException(
                    "Cannot follow process " + pid + " as run " + run + ": there is no such process");
        }
        joined.joinedNanos = joined.highestNanos;
    }

    @Override
    public void rootStarted(String run, long pid) {
        var processes = runs.get(run);
        if (processes != null && processes.rootPid != pid) {
            processes.rootPid = pid;
            processes.rootStarted = 0;
            processes.rootGone = false;
        }
    }

    @Override
    public void rootEnded(String run, @Nullable Long exactNanos) {
        var processes = runs.get(run);
        if (processes != null) {
            processes.rootGone = true;
            if (exactNanos != null) {
                processes.rootExact = true;
                processes.rootNanos = Math.max(processes.rootNanos, exactNanos);
            }
        }
    }

    @Override
    public void forget(String run) {
        var ended = runs.remove(run);
        var outer = ended == null || ended.parentRun == null ? null : runs.get(ended.parentRun);
        if (ended != null && outer != null && ended.rootExact && table.passesReapedTimeOn()) {
            outer.innerNanos += ended.rootNanos;
        }
    }

    @Override
    public Message state(String run) {
        var processes = runs.get(run);
        return processes == null ? new Message("processes") : processes.state();
    }

    @Override
    public Map<String, Use> measure() {
        if (runs.isEmpty()) {
            return Map.of();
        }
        var bytes = new HashMap<String, Long>();
        var nanos = new HashMap<String, Long>();
        var now = membersNow();
        for (var entry : runs.entrySet()) {
            var members = now.getOrDefault(entry.getKey(), List.of());
            nanos.put(entry.getKey(), membersNanos(entry.getValue(), members));
            bytes.put(
                    entry.getKey(),
                    members.stream()
                            .mapToLong(member -> memory.bytes(member.stat))
                            .sum());
        }
        var uses = new LinkedHashMap<String, Use>();
        for (var run : runs.values()) {
            long used = run.rootNanos
                    + Objects.requireNonNull(nanos.get(run.run))
                    + run.orphanNanos
                    - run.innerNanos
                    - passedOnByInnerRuns(run);
            run.highestNanos = Math.max(run.highestNanos, used);
            uses.put(
                    run.run,
                    new Use(run.highestNanos - run.joinedNanos, Objects.requireNonNull(bytes.get(run.run)), run.alive));
        }
        return uses;
    }

    @Override
    public Map<Long, String> runsByProcess() {
        var byProcess = new HashMap<Long, String>();
        for (var run : runs.values()) {
            if (run.rootPid != 0 && !run.rootGone) {
                byProcess.put(run.rootPid, run.run);
            }
            run.members.keySet().forEach(pid -> byProcess.put(pid, run.run));
        }
        return byProcess;
    }

    /** Time of the roots of open inner runs that have ended, so that their wrappers have it, which belong to this run. */
    private long passedOnByInnerRuns(RunProcesses outer) {
        return table.passesReapedTimeOn()
                ? runs.values().stream()
                        .filter(inner -> outer.run.equals(inner.parentRun) && inner.rootGone)
                        .mapToLong(inner -> inner.rootNanos)
                        .sum()
                : 0;
    }

    /** Updates what is known of a run's processes; time of the live ones other than the root. */
    private long membersNanos(RunProcesses run, List<Seen> members) {
        run.alive = !members.isEmpty();
        boolean rootAlive = false;
        long sum = 0;
        var alive = new HashMap<Long, RunProcesses.Member>();
        for (var member : members) {
            var stat = member.stat;
            if (stat.pid() == run.rootPid) {
                rootAlive = true;
                run.rootStarted = stat.started();
                if (!run.rootExact) {
                    run.rootNanos = Math.max(run.rootNanos, stat.cpuNanos());
                }
                continue;
            }
            sum += stat.cpuNanos();
            boolean passesOn =
                    table.passesReapedTimeOn() && members.stream().anyMatch(other -> other.stat.pid() == stat.parent());
            alive.put(stat.pid(), new RunProcesses.Member(stat.started(), stat.cpuNanos(), passesOn));
        }
        if (!rootAlive && run.rootStarted != 0) {
            run.rootGone = true;
        }
        run.members.forEach((pid, before) -> {
            var still = alive.get(pid);
            if ((still == null || still.started() != before.started()) && !before.passesOn()) {
                run.orphanNanos += before.cpuNanos();
            }
        });
        run.members.clear();
        run.members.putAll(alive);
        return sum;
    }

    /**
     * The live processes of each run. They are read parents first: a child that ends in between is then missed for this
     * once, where the other way round it would be counted in its parent and once more itself.
     */
    private Map<String, List<Seen>> membersNow() {
        var stats = new HashMap<Long, ProcStat>();
        table.all().forEach(stat -> stats.put(stat.pid(), stat));
        marks.keepOnly(stats.keySet());
        memory.keepOnly(stats.keySet());
        var seen = new HashMap<Long, Seen>();
        for (var pid : stats.keySet()) {
            place(pid, stats, seen);
        }
        var inRuns = new ArrayList<Seen>();
        for (var process : seen.values()) {
            if (process.run != null) {
                inRuns.add(process);
            }
        }
        inRuns.sort(Comparator.comparingInt(Seen::depth));
        var byRun = new HashMap<String, List<Seen>>();
        for (var process : inRuns) {
            table.read(process.stat.pid())
                    .filter(again -> again.started() == process.stat.started())
                    .ifPresent(again -> byRun.computeIfAbsent(
                                    Objects.requireNonNull(process.run), unused -> new ArrayList<>())
                            .add(new Seen(again, process.run, process.depth)));
        }
        return byRun;
    }

    private Seen place(long pid, Map<Long, ProcStat> stats, Map<Long, Seen> seen) {
        var known = seen.get(pid);
        if (known != null) {
            return known;
        }
        var stat = Objects.requireNonNull(stats.get(pid));
        var parent =
                stat.parent() != pid && stats.containsKey(stat.parent()) ? place(stat.parent(), stats, seen) : null;
        var placed = new Seen(stat, runOf(stat, parent), parent == null ? 0 : parent.depth + 1);
        seen.put(pid, placed);
        return placed;
    }

    private @Nullable String runOf(ProcStat stat, @Nullable Seen parent) {
        @Nullable String remembered = null;
        for (var run : runs.values()) {
            if (run.rootPid == stat.pid() && (run.rootStarted == 0 || run.rootStarted == stat.started())) {
                return run.run;
            }
            var member = run.members.get(stat.pid());
            if (member != null && member.started() == stat.started()) {
                remembered = run.run;
            }
        }
        @Nullable String inherited = parent == null ? null : parent.run;
        if (inherited == null && remembered == null) {
            return runOfEnvironment(stat);
        }
        return inherited == null || (remembered != null && isInside(remembered, inherited)) ? remembered : inherited;
    }

    private boolean isInside(String run, String outer) {
        var processes = runs.get(run);
        while (processes != null && processes.parentRun != null) {
            if (processes.parentRun.equals(outer)) {
                return true;
            }
            processes = runs.get(processes.parentRun);
        }
        return false;
    }

    private @Nullable String runOfEnvironment(ProcStat stat) {
        var named = marks.of(stat).run();
        return named != null && runs.containsKey(named) ? named : null;
    }
}
