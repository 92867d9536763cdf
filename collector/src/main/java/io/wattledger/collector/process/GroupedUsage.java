package io.wattledger.collector.process;

import io.wattledger.collector.cgroup.Cgroups;
import io.wattledger.collector.cgroup.ProcessGroups;
import io.wattledger.collector.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Usage of runs that are control groups, from the kernel's own sums, beside that of runs that are process trees. A run
 * inside the group of another, as that of a wrapper within a batch job, has what it uses to itself: it is taken off the
 * group's. Not thread-safe.
 */
public final class GroupedUsage implements RunUsage {
    private static final Logger LOG = LoggerFactory.getLogger(GroupedUsage.class);
    private static final String PLACES = "places";
    private static final String COUNTED = "counted";

    /** Where a run is, and how much of its use has been taken off the groups around it. */
    private static final class Inner {
        List<String> places = List.of();
        long countedNanos;
    }

    private final ProcessTable table;
    private final RunMarks marks;
    private final ProcessTracker processes;
    private final Cgroups cgroups;
    private final LongFunction<List<String>> groupsOfProcess;
    private final Map<String, GroupRun> groups = new LinkedHashMap<>();
    private final Map<String, Inner> inners = new HashMap<>();
    private final ProcessMemory memory;
    private final Set<String> unreadable = new HashSet<>();

    GroupedUsage(ProcessTable table, Cgroups cgroups, LongFunction<List<String>> groupsOfProcess) {
        this.table = table;
        this.marks = new RunMarks(table);
        this.processes = new ProcessTracker(table, marks);
        this.memory = new ProcessMemory(table);
        this.cgroups = cgroups;
        this.groupsOfProcess = groupsOfProcess;
    }

    /** For the host we run on. */
    public static GroupedUsage ofThisHost(Cgroups cgroups) {
        return new GroupedUsage(ProcessTable.ofThisHost(), cgroups, pid -> ProcessGroups.of(Path.of("/proc"), pid));
    }

    /** Looks for processes that name a run, and reads no environment that this has read. May be used by another thread. */
    public MarkedProcesses markedProcesses() {
        return new MarkedProcesses(table, marks);
    }

    @Override
    public void begin(String run, @Nullable String parentRun, @Nullable Message state) {
        var inner = new Inner();
        inners.put(run, inner);
        if (state != null) {
            var places = state.find(PLACES);
            var counted = state.findLong(COUNTED);
            inner.places = places == null ? List.of() : Arrays.asList(places.split("\n"));
            inner.countedNanos = counted == null ? 0 : counted;
        }
        if (state != null && state.has("group")) {
            groups.put(run, GroupRun.restore(run, state));
        } else {
            processes.begin(run, parentRun, state);
        }
    }

    @Override
    public void join(String run, @Nullable Long pid, @Nullable String group) throws IOException {
        // What runs inside the group have used until now is in what the group has used until now.
        measure();
        var inner = new Inner();
        if (group == null) {
            processes.join(run, pid, null);
            inner.places = pid == null ? List.of() : groupsOfProcess.apply(pid);
        } else {
            var nanos = cgroups.cpuNanos(group);
            if (nanos.isEmpty()) {
                throw new NoSuchWorkException("Cannot follow control group " + group + " as run " + run
                        + ": there is no such group in the hierarchy that counts CPU time; name it as"
                        + " /proc/PID/cgroup of its processes does");
            }
            groups.put(run, new GroupRun(run, group, nanos.getAsLong()));
            inner.places = List.of(group);
        }
        inners.put(run, inner);
    }

    @Override
    public void rootStarted(String run, long pid) {
        processes.rootStarted(run, pid);
        var inner = inners.get(run);
        if (inner != null && !groups.containsKey(run)) {
            inner.places = groupsOfProcess.apply(pid);
        }
    }

    @Override
    public void rootEnded(String run, @Nullable Long exactNanos) {
        processes.rootEnded(run, exactNanos);
    }

    @Override
    public void forget(String run) {
        inners.remove(run);
        unreadable.remove(run);
        if (groups.remove(run) == null) {
            processes.forget(run);
        }
    }

    @Override
    public Message state(String run) {
        var group = groups.get(run);
        var state = group == null ? processes.state(run) : group.state();
        var inner = inners.get(run);
        if (inner != null) {
            state.put(COUNTED, inner.countedNanos);
            if (!inner.places.isEmpty()) {
                state.put(PLACES, String.join("\n", inner.places));
            }
        }
        return state;
    }

    /** What is inside is read after what is around it, so that nothing is counted in both for a while. */
    @Override
    public Map<String, Use> measure() {
        var innermostFirst = groups.values().stream()
                .sorted(Comparator.comparingInt((GroupRun group) -> group.group.length())
                        .reversed())
                .toList();
        for (int i = innermostFirst.size() - 1; i >= 0; i--) {
            read(innermostFirst.get(i));
        }
        var uses = new LinkedHashMap<>(processes.measure());
        var innerBytes = new HashMap<String, Long>();
        var counted = new HashSet<Long>();
        uses.forEach((run, use) -> takeOff(run, use, innerBytes));
        for (var group : innermostFirst) {
            long bytes = group.alive ? memoryBytes(group, counted) - innerBytes.getOrDefault(group.run, 0L) : 0;
            var use = new Use(group.usedNanos(), Math.max(0, bytes), group.alive);
            uses.put(group.run, use);
            takeOff(group.run, use, innerBytes);
        }
        memory.keepOnly(counted);
        return uses;
    }

    @Override
    public Map<Long, String> runsByProcess() {
        var byProcess = new HashMap<Long, String>();
        groups.values().stream()
                .sorted(Comparator.comparingInt(group -> group.group.length()))
                .forEach(group -> cgroups.processes(group.group).forEach(pid -> byProcess.put(pid, group.run)));
        byProcess.putAll(processes.runsByProcess());
        return byProcess;
    }

    private void read(GroupRun group) {
        try {
            var nanos = cgroups.cpuNanos(group.group);
            nanos.ifPresentOrElse(group::read, () -> group.alive = false);
            unreadable.remove(group.run);
        } catch (IOException e) {
            group.alive = true;
            if (unreadable.add(group.run)) {
                LOG.warn("{}; what run {} uses is seen when that can be read again", e.getMessage(), group.run);
            }
        }
    }

    /** Takes what a run has used since it was last measured off the groups that it is in. */
    private void takeOff(String run, Use use, Map<String, Long> innerBytes) {
        var inner = inners.get(run);
        if (inner == null) {
            return;
        }
        long nanos = use.cpuNanos() - inner.countedNanos;
        inner.countedNanos = use.cpuNanos();
        for (var group : groups.values()) {
            if (!group.run.equals(run)
                    && inner.places.stream().anyMatch(place -> Cgroups.isInside(place, group.group))) {
                group.innerNanos += nanos;
                innerBytes.merge(group.run, use.memoryBytes(), Long::sum);
            }
        }
    }

    /** Where nothing counts the memory of groups, that of its processes. */
    private long memoryBytes(GroupRun group, Set<Long> counted) {
        OptionalLong bytes;
        try {
            bytes = cgroups.memoryBytes(group.group);
        } catch (IOException e) {
            bytes = OptionalLong.empty();
        }
        if (bytes.isPresent()) {
            return bytes.getAsLong();
        }
        long sum = 0;
        for (var pid : cgroups.processes(group.group)) {
            var stat = table.read(pid);
            if (stat.isPresent()) {
                counted.add(pid);
                sum += memory.bytes(stat.get());
            }
        }
        return sum;
    }
}
