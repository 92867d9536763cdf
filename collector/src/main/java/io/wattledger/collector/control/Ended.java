package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;

/**
 * What the collector says to the end of a run, once its last sample and its end event are on disk.
 *
 * @param session session that the sequence numbers belong to
 * @param firstSeq first sample of the run in that session
 * @param lastSeq last sample of the run
 * @param startedMillis start as accounted, milliseconds since the epoch
 * @param finishedMillis end as accounted, milliseconds since the epoch
 * @param cpuNanos CPU time as accounted, without that of runs inside it
 */
public record Ended(
        String session, long firstSeq, long lastSeq, long startedMillis, long finishedMillis, long cpuNanos) {
    public Message toMessage() {
        return new Message("ended")
                .put("session", session)
                .put("first", firstSeq)
                .put("last", lastSeq)
                .put("started", startedMillis)
                .put("finished", finishedMillis)
                .put("cpu", cpuNanos);
    }

    static Ended fromMessage(Message message) {
        return new Ended(
                message.get("session"),
                message.getLong("first"),
                message.getLong("last"),
                message.getLong("started"),
                message.getLong("finished"),
                message.getLong("cpu"));
    }
}
