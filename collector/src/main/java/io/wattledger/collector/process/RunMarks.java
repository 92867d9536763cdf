package io.wattledger.collector.process;

import io.wattledger.collector.control.RunStart;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the environments of processes say about runs. Each is read once, since it does not change. Thread-safe. */
final class RunMarks {
    /**
     * @param run {@link RunStart#RUN_ID_VARIABLE}, or null
     * @param project {@link RunStart#PROJECT_VARIABLE}, or null
     */
    record Mark(@Nullable String run, @Nullable String project) {}

    private record Looked(long started, Mark mark) {}

    private static final Mark NONE = new Mark(null, null);

    private final ProcessTable table;
    private final Map<Long, Looked> looks = new HashMap<>();

    RunMarks(ProcessTable table) {
        this.table = table;
    }

    synchronized Mark of(ProcStat stat) {
        var looked = looks.get(stat.pid());
        if (looked == null || looked.started != stat.started()) {
            var environment = table.environment(stat.pid());
            var run = environment.get(RunStart.RUN_ID_VARIABLE);
            var mark = run == null || run.isBlank() ? NONE : new Mark(run, environment.get(RunStart.PROJECT_VARIABLE));
            looked = new Looked(stat.started(), mark);
            looks.put(stat.pid(), looked);
        }
        return looked.mark;
    }

    /** Forgets processes that are gone. */
    synchronized void keepOnly(Set<Long> pids) {
        looks.keySet().retainAll(pids);
    }
}
