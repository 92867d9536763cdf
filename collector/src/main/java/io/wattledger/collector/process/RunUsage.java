package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the open runs use. Not thread-safe. */
public interface RunUsage {
    /**
     * What a run has used.
     *
     * @param cpuNanos CPU time since it started, without that of runs inside it; never falls
     * @param memoryBytes memory now, without that of runs inside it
     * @param alive whether anything is left of it: a process, or its control group
     */
    record Use(long cpuNanos, long memoryBytes, boolean alive) {}

    /** Begins to follow a run, with what {@link #state} said when it is not new. */
    void begin(String run, @Nullable String parentRun, @Nullable Message state);

    /**
     * Begins to follow a run that is there already; what it has used until now does not count.
     *
     * @param pid a process, which with all its descendants is the run, or null
     * @param group control group that is the run, or null; where both are given, the group counts
     * @throws NoSuchWorkException when there is no such process or group
     * @throws IOException when it cannot be read
     */
    void join(String run, @Nullable Long pid, @Nullable String group) throws IOException;

    /** The root process of a run. */
    void rootStarted(String run, long pid);

    /** The root process has ended; with its exact CPU time and that of the children it had waited for, where known. */
    void rootEnded(String run, @Nullable Long exactNanos);

    /** Stops to follow a run. */
    void forget(String run);

    /** What must be kept to go on with a run in another process. */
    Message state(String run);

    /** What every run has used until now. */
    Map<String, Use> measure();

    /** The innermost run of each process that is in one, by process id, as of the last measurement. */
    Map<Long, String> runsByProcess();
}
