package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes entries: <a href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/write">entries.write</a>. */
final class CloudLogging implements LogBackend {
    private final HttpSender http;
    private final URI address;
    private final AccessToken token;
    private final LogName log;
    private final MonitoredResource resource;

    CloudLogging(HttpSender http, URI address, AccessToken token, LogName log, MonitoredResource resource) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.log = log;
        this.resource = resource;
    }

    @Override
    public void send(List<LogLine> lines) throws LinesRefusedException, TargetUnavailableException {
        var answer = http.post(
                address,
                request(lines).toString().getBytes(UTF_8),
                Map.of("Authorization", "Bearer " + token.value(), "Content-Type", "application/json"));
        if (!answer.isGood()) {
            throw LinesRefusedException.none(answer.summary());
        }
    }

    private ObjectNode request(List<LogLine> lines) {
        var request = JsonNodeFactory.instance.objectNode();
        request.put("logName", log.resource());
        request.set("resource", resource.json());
        var entries = request.putArray("entries");
        lines.forEach(line -> entries.add(entry(line)));
        return request;
    }

    private static ObjectNode entry(LogLine line) {
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("insertId", insertId(line));
        entry.put("timestamp", line.time().toString());
        entry.put("severity", severity(line));
        entry.putObject("labels").put("event", line.event());
        // Cloud Logging shows the field message as the text of the entry.
        entry.putObject("jsonPayload").put("message", line.text()).setAll(line.attributes());
        return entry;
    }

    private static String severity(LogLine line) {
        return switch (line.severity()) {
            case INFO -> "INFO";
            case NOTICE -> "NOTICE";
            case WARN -> "WARNING";
        };
    }

    /** Short and plain, whatever the line's own identifier holds. */
    private static String insertId(LogLine line) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(line.id().getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
