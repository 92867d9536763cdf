package io.wattledger.collector.session;

import java.util.LinkedHashSet;
import java.util.Set;

/** Names of the runs that ended last, so that processes they left behind are not taken for a run of their own. */
final class EndedRuns {
    private static final int MOST = 1000;

    private final Set<String> runs = new LinkedHashSet<>();

    void add(String run) {
        runs.add(run);
        if (runs.size() > MOST) {
            runs.remove(runs.iterator().next());
        }
    }

    boolean contains(String run) {
        return runs.contains(run);
    }
}
