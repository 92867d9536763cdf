package io.wattledger.sinks.logging.loki;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.ReceivedLines;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes pushes by the rules that Loki has for them, as its documentation and source tell: a tenant is needed; a line more than
 * an hour older than the newest of its stream is refused with status 400 while the others of the push are taken; of lines
 * with the same stream, timestamp and text there is one. (Loki itself cannot be had as a package of Debian: that of its name
 * is another program.)
 */
public final class LokiRules implements ReceivedLines, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TOO_FAR_BEHIND_NANOS = Duration.ofHours(1).toNanos();

    private final Map<String, String> runByEntry = new LinkedHashMap<>();
    private final Map<JsonNode, Long> newest = new HashMap<>();
    private final LocalServer server = LocalServer.start();

    public LokiRules() {
        server.behave(this::answer);
    }

    private void answer(HttpExchange exchange, LocalServer.Request request) throws IOException {
        if (request.header("X-Scope-OrgID").isEmpty()) {
            LocalServer.send(exchange, 401, "no org id");
            return;
        }
        var refused = push(JSON.readTree(request.text()));
        LocalServer.send(exchange, refused.isEmpty() ? 204 : 400, refused);
    }

    /** Why lines are refused. */
    private synchronized String push(JsonNode push) throws JsonProcessingException {
        var refused = new StringBuilder();
        for (var stream : push.path("streams")) {
            for (var value : stream.path("values")) {
                long time = Long.parseLong(value.path(0).textValue());
                var labels = stream.path("stream");
                long last = newest.getOrDefault(labels, Long.MIN_VALUE / 2);
                if (time < last - TOO_FAR_BEHIND_NANOS) {
                    refused.append("entry with timestamp ")
                            .append(time)
                            .append(" ignored, reason: 'entry too far behind'");
                } else {
                    newest.put(labels, Math.max(time, last));
                    var line = value.path(1).textValue();
                    runByEntry.put(
                            labels + " " + time + " " + line,
                            JSON.readTree(line).path("run").asText());
                }
            }
        }
        return refused.toString();
    }

    public String url() {
        return server.url() + "/loki/api/v1/push";
    }

    @Override
    public synchronized List<String> runs() {
        return List.copyOf(runByEntry.values());
    }

    @Override
    public void goDown() {
        server.down();
    }

    @Override
    public void comeBack() {
        server.up();
    }

    @Override
    public void close() {
        server.close();
    }
}
