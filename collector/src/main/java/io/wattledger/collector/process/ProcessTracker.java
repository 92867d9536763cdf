package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;
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
public final class ProcessTracker implements RunUsage {
    private record Seen(ProcStat stat, @Nullable String run, int depth) {}

    private record Looked(long started, @Nullable String run) {}

    private final ProcessTable table;
    private final Map<String, RunProcesses> runs = new LinkedHashMap<>();
    private final Map<Long, Looked> environments = new HashMap<>();

    ProcessTracker(ProcessTable table) {
        this.table = table;
    }

    /** For the host we run on. */
    public static ProcessTracker ofThisHost() {
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
            environments.clear();
            return Map.of();
        }
        var pages = new HashMap<String, Long>();
        var nanos = new HashMap<String, Long>();
        var now = membersNow();
        for (var entry : runs.entrySet()) {
            var members = now.getOrDefault(entry.getKey(), List.of());
            nanos.put(entry.getKey(), membersNanos(entry.getValue(), members));
            pages.put(
                    entry.getKey(),
                    members.stream()
                            .mapToLong(member -> member.stat.residentPages())
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
            long bytes = Objects.requireNonNull(pages.get(run.run)) * table.pageBytes();
            uses.put(run.run, new Use(run.highestNanos, bytes));
        }
        return uses;
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
        environments.keySet().retainAll(stats.keySet());
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

    /** An environment does not change, so that of each process is looked at once. */
    private @Nullable String runOfEnvironment(ProcStat stat) {
        var looked = environments.get(stat.pid());
        if (looked == null || looked.started != stat.started()) {
            looked = new Looked(stat.started(), table.runId(stat.pid()));
            environments.put(stat.pid(), looked);
        }
        return looked.run != null && runs.containsKey(looked.run) ? looked.run : null;
    }
}
