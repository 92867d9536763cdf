package io.wattledger.sinks.logging.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Pushes lines: <a href="https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs">/loki/api/v1/push</a>. */
final class LokiPush implements LogBackend {
    /** Loki's setting for structured metadata, which it names when that is off. */
    private static final String METADATA_SWITCH = "allow_structured_metadata";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final HttpSender http;
    private final URI address;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final LokiStream stream;
    private final boolean structuredMetadata;

    /** @param tenant empty where there is only one */
    LokiPush(HttpSender http, URI address, String tenant, LokiStream stream, boolean structuredMetadata) {
        this.http = http;
        this.address = address;
        this.stream = stream;
        this.structuredMetadata = structuredMetadata;
        headers.put("Content-Type", "application/json");
        if (!tenant.isEmpty()) {
            headers.put("X-Scope-OrgID", tenant);
        }
    }

    @Override
    public void send(List<LogLine> lines) throws LinesRefusedException, TargetUnavailableException {
        var answer = http.post(address, push(lines).toString().getBytes(UTF_8), headers);
        if (answer.body().contains(METADATA_SWITCH)) {
            throw new TargetRefusedException(
                    answer.summary() + ": set loki.structured.metadata=false, or switch it on in Loki ("
                            + METADATA_SWITCH + ")",
                    null);
        }
        if (!answer.isGood()) {
            // Loki may have taken the others; those again are no doubles to it.
            throw LinesRefusedException.none(answer.summary());
        }
    }

    private ObjectNode push(List<LogLine> lines) {
        var streams = new LinkedHashMap<SortedMap<String, String>, ArrayNode>();
        for (var line : lines) {
            streams.computeIfAbsent(stream.of(line), labels -> NODES.arrayNode())
                    .add(entry(line));
        }
        var push = NODES.objectNode();
        var list = push.putArray("streams");
        streams.forEach((labels, entries) -> {
            var one = list.addObject();
            var names = one.putObject("stream");
            labels.forEach(names::put);
            one.set("values", entries);
        });
        return push;
    }

    private ArrayNode entry(LogLine line) {
        var entry = NODES.arrayNode().add(nanoseconds(line));
        return structuredMetadata
                ? entry.add(line.text()).add(metadata(line))
                : entry.add(line.json().toString());
    }

    private static String nanoseconds(LogLine line) {
        return Long.toString(Math.multiplyExact(line.time().toEpochMilli(), 1_000_000));
    }

    /** Names as labels have them, values as text: Loki takes nothing else. */
    private static ObjectNode metadata(LogLine line) {
        var metadata = NODES.objectNode();
        line.json().properties().stream()
                .filter(entry -> !entry.getKey().equals(LogLine.MESSAGE))
                .forEach(entry -> metadata.put(
                        entry.getKey().replaceAll("[^a-zA-Z0-9_]", "_"),
                        entry.getValue().isValueNode()
                                ? entry.getValue().asText()
                                : entry.getValue().toString()));
        return metadata;
    }
}
