package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run as its wrapper, or whoever found it, announces it.
 *
 * @param run its identifier: a ULID, or what a run without a wrapper is called
 * @param project project it is accounted to
 * @param name name given by the user, or null
 * @param labels labels given by the user
 * @param user account it was started by, or null
 * @param parentRun the run it was started in ({@link #RUN_ID_VARIABLE} of the wrapper's own environment), or null
 * @param zone zone given for it, or null to leave the collector's
 * @param intervalMillis longest time between two samples while it runs
 */
public record RunStart(
        String run,
        String project,
        @Nullable String name,
        Map<String, String> labels,
        @Nullable String user,
        @Nullable String parentRun,
        @Nullable String zone,
        long intervalMillis) {

    /**
     * Environment variable that the wrapper sets for its command to the identifier of the run. Descendants that have left
     * the process tree are recognised by it, and a wrapper inside knows its parent run by it.
     */
    public static final String RUN_ID_VARIABLE = "WATTLEDGER_RUN_ID";

    /** Environment variable that names the project of a run that nobody has registered. */
    public static final String PROJECT_VARIABLE = "WATTLEDGER_PROJECT";

    /** Project of runs that nobody has given one. */
    public static final String DEFAULT_PROJECT = "default";

    /** For a run that leaves the time between two samples to the collector. */
    public static final long ANY_INTERVAL = Long.MAX_VALUE;

    public RunStart {
        labels = Map.copyOf(labels);
        if (run.isBlank() || intervalMillis <= 0) {
            throw new IllegalArgumentException("Not a run: '" + run + "' every " + intervalMillis + " ms");
        }
    }

    public Message toMessage() {
        var message = new Message("register")
                .put("run", run)
                .put("project", project)
                .put("name", name)
                .put("user", user)
                .put("parent", parentRun)
                .put("zone", zone)
                .put("interval", intervalMillis);
        new TreeMap<>(labels).forEach((label, value) -> message.put("l." + label, value));
        return message;
    }

    public static RunStart fromMessage(Message message) {
        return new RunStart(
                message.get("run"),
                message.get("project"),
                message.find("name"),
                message.part("l.").values(),
                message.find("user"),
                message.find("parent"),
                message.find("zone"),
                message.getLong("interval"));
    }
}
