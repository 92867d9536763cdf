package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * How the collector is doing.
 *
 * @param pid its process
 * @param host name of the host
 * @param zone zone of the host
 * @param session its session; empty while it does not sample
 * @param runs runs registered now
 * @param unsentBytes what is on disk and not yet taken by Kafka, in bytes; 0 when everything was sent
 * @param droppedEntries records lost because the spool was full
 * @param rejectedEntries records set aside because no broker would ever take them
 * @param bootstrapServers brokers it sends to, or null while it knows none
 * @param trouble what keeps it from sending or measuring, in a sentence, or null
 */
public record CollectorStatus(
        long pid,
        String host,
        String zone,
        String session,
        int runs,
        long unsentBytes,
        long droppedEntries,
        long rejectedEntries,
        @Nullable String bootstrapServers,
        @Nullable String trouble) {
    public Message toMessage() {
        return new Message("status")
                .put("pid", pid)
                .put("host", host)
                .put("zone", zone)
                .put("session", session)
                .put("runs", runs)
                .put("unsent", unsentBytes)
                .put("dropped", droppedEntries)
                .put("rejected", rejectedEntries)
                .put("brokers", bootstrapServers)
                .put("trouble", trouble);
    }

    static CollectorStatus fromMessage(Message message) {
        return new CollectorStatus(
                message.getLong("pid"),
                message.get("host"),
                message.get("zone"),
                message.get("session"),
                (int) message.getLong("runs"),
                message.getLong("unsent"),
                message.getLong("dropped"),
                message.getLong("rejected"),
                message.find("brokers"),
                message.find("trouble"));
    }
}
