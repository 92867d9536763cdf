package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the processes of one run. */
final class RunProcesses {
    /**
     * A process of the run other than its root.
     *
     * @param cpuNanos its CPU time and that of the children it had waited for, when last looked at
     * @param passesOn whether its parent is of the same run, which then gets its time when it ends
     */
    record Member(long started, long cpuNanos, boolean passesOn) {}

    final String run;
    final @Nullable String parentRun;
    final Map<Long, Member> members = new HashMap<>();

    long rootPid;
    /** When the root process started; 0 until it has been seen. */
    long rootStarted;

    boolean rootGone;
    long rootNanos;
    /** True once the wrapper has handed in the exact total of the root process. */
    boolean rootExact;
    /** Time of processes that have vanished without a parent in the run. */
    long orphanNanos;
    /** Time of inner runs that their wrappers, which are processes of this run, have been given. */
    long innerNanos;

    long highestNanos;
    /** Time it had used when it was joined, which does not count. */
    long joinedNanos;
    /** Whether there was a process of it when last looked. */
    boolean alive;

    RunProcesses(String run, @Nullable String parentRun) {
        this.run = run;
        this.parentRun = parentRun;
    }

    void restore(Message state) {
        rootPid = state.getLong("pid");
        rootStarted = state.getLong("started");
        rootNanos = state.getLong("root");
        orphanNanos = state.getLong("orphans");
        innerNanos = state.getLong("inner");
        highestNanos = state.getLong("highest");
        var joined = state.findLong("joined");
        joinedNanos = joined == null ? 0 : joined;
    }

    Message state() {
        return new Message("processes")
                .put("pid", rootPid)
                .put("started", rootStarted)
                .put("root", rootNanos)
                .put("orphans", orphanNanos)
                .put("inner", innerNanos)
                .put("highest", highestNanos)
                .put("joined", joinedNanos);
    }
}
