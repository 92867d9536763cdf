package io.wattledger.collector.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs that ended last. One that is announced again is open again; what it has left behind is no run of its own. */
final class EndedRuns {
    private static final int MOST = 1000;

    /**
     * A run that has ended.
     *
     * @param session of its last end
     * @param firstSeq its first sample in that session
     * @param leftBehind processes that were there still
     */
    record Ended(String session, long firstSeq, Set<Long> leftBehind) {}

    private final Map<String, Ended> runs = new LinkedHashMap<>();

    void add(OpenRun run, Set<Long> leftBehind) {
        runs.remove(run.start.run());
        runs.put(run.start.run(), new Ended(run.session, run.firstSeq, leftBehind));
        if (runs.size() > MOST) {
            runs.remove(runs.keySet().iterator().next());
        }
    }

    @Nullable
    Ended find(String run) {
        return runs.get(run);
    }
}
