package io.wattledger.sinks.logging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;

/**
 * A record as a line of a log.
 *
 * @param record the record
 * @param event what has happened, for queries: {@code run.finished}, {@code run.lost}, {@code run.changed}, {@code
 *     row.closed}, {@code row.changed}
 * @param severity how much it is worth attention
 * @param text what has happened, for people, on one line
 * @param attributes the figures, each with its unit in its name: numbers, text, truth values and lists
 */
public record LogLine(LedgerRecord record, String event, Severity severity, String text, ObjectNode attributes) {
    /** Where the text is in {@link #json}. */
    public static final String MESSAGE = "message";

    static LogLine of(LedgerRecord record) {
        var value = record.value();
        if (value instanceof RunEmissions run) {
            return line(record, event(run), severity(run), LogText.of(run));
        }
        if (value instanceof EmissionRevision revision && revision.getReplacesRevision() != null) {
            return line(record, "row.changed", severity(revision), LogText.of(revision));
        }
        var row = value instanceof EmissionRevision first ? first.getRow() : (EmissionRow) value;
        return line(record, "row.closed", Severity.INFO, LogText.of(row));
    }

    private static LogLine line(LedgerRecord record, String event, Severity severity, String text) {
        return new LogLine(record, event, severity, text.replaceAll("\\p{Cntrl}", " "), LogAttributes.of(record));
    }

    private static String event(RunEmissions run) {
        if (run.getRevision() > 1) {
            return "run.changed";
        }
        return run.getStatus() == RunStatus.LOST ? "run.lost" : "run.finished";
    }

    private static Severity severity(RunEmissions run) {
        if (run.getStatus() == RunStatus.LOST) {
            return Severity.WARN;
        }
        return run.getRevision() > 1 ? Severity.NOTICE : Severity.INFO;
    }

    private static Severity severity(EmissionRevision change) {
        return change.getCause() == RevisionCause.CORRECTION ? Severity.WARN : Severity.NOTICE;
    }

    /** When it became known, UTC: the same whenever the line is delivered. */
    public Instant time() {
        return record.knownAt();
    }

    /** The same for the same line, whenever and by whomever it is delivered; another for every other line. */
    public String id() {
        return event + " " + record.key() + " " + record.revision();
    }

    /** The host it tells of, the first one of a run; empty when none is known. */
    public String host() {
        if (record.value() instanceof RunEmissions run) {
            return run.getHosts().isEmpty() ? "" : run.getHosts().get(0);
        }
        return attributes.path("host").asText();
    }

    /** All of it as one flat object. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("timestamp", time().toString());
        json.put("severity", severity.name());
        json.put("event", event);
        json.put(MESSAGE, text);
        json.setAll(attributes);
        return json;
    }
}
