package io.wattledger.collector.process;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Processes that say by their environment which run they belong to. */
public final class MarkedProcesses {
    /**
     * The processes of a run.
     *
     * @param run what their environment calls it
     * @param project project that their environment names, or null
     * @param pid the first of them
     */
    public record Marked(String run, @Nullable String project, long pid) {}

    private record First(ProcStat stat, Marked marked) {}

    private final ProcessTable table;
    private final RunMarks marks;

    MarkedProcesses(ProcessTable table, RunMarks marks) {
        this.table = table;
        this.marks = marks;
    }

    /** One entry for each run that live processes name. */
    public Collection<Marked> now() {
        var firsts = new LinkedHashMap<String, First>();
        var stats = table.all();
        marks.keepOnly(stats.stream().map(ProcStat::pid).collect(Collectors.toSet()));
        for (var stat : stats) {
            var mark = marks.of(stat);
            if (mark.run() != null) {
                var found = new First(stat, new Marked(mark.run(), mark.project(), stat.pid()));
                firsts.merge(mark.run(), found, MarkedProcesses::earlier);
            }
        }
        return firsts.values().stream().map(First::marked).toList();
    }

    private static First earlier(First one, First other) {
        var a = one.stat;
        var b = other.stat;
        boolean before = a.started() < b.started() || (a.started() == b.started() && a.pid() < b.pid());
        return before ? one : other;
    }
}
