package io.wattledger.collector.process;

import io.wattledger.collector.control.RunStart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Processes that a test makes, runs and lets die; CPU time in milliseconds. */
final class FakeTable implements ProcessTable {
    private final Map<Long, ProcStat> processes = new TreeMap<>();
    private final Map<Long, Map<String, String>> environments = new HashMap<>();
    final Map<Long, Long> proportional = new HashMap<>();
    int proportionalAsked;
    private long clock = 100;
    int environmentsLookedAt;

    void start(long pid, long parent) {
        processes.put(pid, new ProcStat(pid, parent, 0, 0, clock++, 10));
    }

    void start(long pid, long parent, String run) {
        start(pid, parent);
        environments.put(pid, Map.of(RunStart.RUN_ID_VARIABLE, run));
    }

    void work(long pid, long millis) {
        replace(
                pid,
                stat -> new ProcStat(
                        pid,
                        stat.parent(),
                        stat.ownNanos() + millis * 1_000_000,
                        stat.reapedNanos(),
                        stat.started(),
                        10));
    }

    /** Ends; its children go to init and its time to its parent. */
    void end(long pid) {
        var ended = processes.remove(pid);
        environments.remove(pid);
        for (var child : new ArrayList<>(processes.values())) {
            if (child.parent() == pid) {
                replace(
                        child.pid(),
                        stat -> new ProcStat(stat.pid(), 1, stat.ownNanos(), stat.reapedNanos(), stat.started(), 10));
            }
        }
        if (processes.containsKey(ended.parent())) {
            replace(
                    ended.parent(),
                    stat -> new ProcStat(
                            stat.pid(),
                            stat.parent(),
                            stat.ownNanos(),
                            stat.reapedNanos() + ended.cpuNanos(),
                            stat.started(),
                            10));
        }
    }

    private void replace(long pid, java.util.function.UnaryOperator<ProcStat> change) {
        processes.computeIfPresent(pid, (unused, stat) -> change.apply(stat));
    }

    @Override
    public List<ProcStat> all() {
        return List.copyOf(processes.values());
    }

    @Override
    public Optional<ProcStat> read(long pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    @Override
    public Map<String, String> environment(long pid) {
        environmentsLookedAt++;
        return environments.getOrDefault(pid, Map.of());
    }

    @Override
    public OptionalLong proportionalBytes(long pid) {
        proportionalAsked++;
        return proportional.containsKey(pid) ? OptionalLong.of(proportional.get(pid)) : OptionalLong.empty();
    }

    @Override
    public long pageBytes() {
        return 4096;
    }

    @Override
    public boolean passesReapedTimeOn() {
        return true;
    }
}
