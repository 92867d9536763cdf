package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;

/**
 * What the collector says to a registration.
 *
 * @param host name of the host
 * @param zone zone that counts: the host has one at a time, so it may differ from what the run asked for while others run
 * @param session session of the collector
 * @param collectorPid process of the collector
 */
public record Registered(String host, String zone, String session, long collectorPid) {
    public Message toMessage() {
        return new Message("registered")
                .put("host", host)
                .put("zone", zone)
                .put("session", session)
                .put("pid", collectorPid);
    }

    static Registered fromMessage(Message message) {
        return new Registered(message.get("host"), message.get("zone"), message.get("session"), message.getLong("pid"));
    }
}
