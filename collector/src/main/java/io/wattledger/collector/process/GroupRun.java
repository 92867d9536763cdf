package io.wattledger.collector.process;

import io.wattledger.collector.message.Message;

/** What is known of a run that is a control group. */
final class GroupRun {
    final String run;
    final String group;

    /** CPU time of the group when it was joined. */
    private final long joinedNanos;
    /** CPU time that runs inside it have used since. */
    long innerNanos;
    /** CPU time of the group when last read. */
    private long groupNanos;

    private long highestNanos;
    boolean alive = true;

    GroupRun(String run, String group, long joinedNanos) {
        this.run = run;
        this.group = group;
        this.joinedNanos = joinedNanos;
        this.groupNanos = joinedNanos;
    }

    static GroupRun restore(String run, Message state) {
        var restored = new GroupRun(run, state.get("group"), state.getLong("joined"));
        restored.innerNanos = state.getLong("inner");
        restored.groupNanos = state.getLong("last");
        restored.highestNanos = state.getLong("highest");
        return restored;
    }

    Message state() {
        return new Message("group")
                .put("group", group)
                .put("joined", joinedNanos)
                .put("inner", innerNanos)
                .put("last", groupNanos)
                .put("highest", highestNanos);
    }

    /** A counter that has fallen is that of another group, which was made since under the same name. */
    void read(long nanos) {
        alive = nanos >= groupNanos;
        groupNanos = alive ? nanos : groupNanos;
    }

    /** CPU time since it was joined, without that of the runs inside it; never falls. */
    long usedNanos() {
        highestNanos = Math.max(highestNanos, groupNanos - joinedNanos - innerNanos);
        return highestNanos;
    }
}
