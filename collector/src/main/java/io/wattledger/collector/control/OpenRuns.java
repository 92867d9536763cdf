package io.wattledger.collector.control;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open runs, for whoever finds work that has no wrapper. Thread-safe. */
public interface OpenRuns {
    /** All of them. */
    List<ListedRun> runs();

    /**
     * Opens a run that is there already, from now on; it is ended when nothing is left of it.
     *
     * @param pid a process, which with its descendants is the run, or null
     * @param group control group that is the run, or null; where both are given, the group counts
     * @throws CollectorException when the run is open, another has that group, or there is no such process or group
     */
    void adopt(RunStart start, @Nullable Long pid, @Nullable String group) throws IOException;
}
