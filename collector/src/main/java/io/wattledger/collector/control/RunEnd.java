package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;
import io.wattledger.collector.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run as its wrapper tells it.
 *
 * @param exitCode exit code of its command, or null when not known
 * @param moment when it ended, when that has passed; null for now
 * @param cpuNanos exact CPU time of its root process and everything that process has waited for, or null
 * @param units the work it has done, or null when it has not said
 */
public record RunEnd(
        @Nullable Integer exitCode,
        @Nullable Snapshot moment,
        @Nullable Long cpuNanos,
        @Nullable FunctionalUnits units) {

    Message toMessage(String run) {
        var message = new Message("end").put("run", run).put("exit", exitCode).put("cpu", cpuNanos);
        if (units != null) {
            message.put("unit", units.unit()).put("units", units.count());
        }
        if (moment != null) {
            message.putAll("s.", moment.toMessage());
        }
        return message;
    }

    static RunEnd fromMessage(Message message) {
        var exit = message.findLong("exit");
        return new RunEnd(
                exit == null ? null : exit.intValue(),
                ControlServer.snapshot(message),
                message.findLong("cpu"),
                message.has("unit") ? new FunctionalUnits(message.get("unit"), message.getLong("units")) : null);
    }
}
