package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the open runs use. Not thread-safe. */
public interface RunUsage {
    /**
     * What a run has used.
     *
     * @param cpuNanos CPU time since it started, without that of runs inside it; never falls
     * @param memoryBytes resident memory now
     */
    record Use(long cpuNanos, long memoryBytes) {}

    /** Begins to follow a run, with what {@link #state} said when it is not new. */
    void begin(String run, @Nullable String parentRun, @Nullable Message state);

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
}
