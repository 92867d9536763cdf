package io.wattledger.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request.
 *
 * @param path what comes after the address of the settings; empty for that address itself
 * @param contentType of the body
 * @param body what is said
 * @param idempotencyKey the same for the same content, printable ASCII
 * @param headers further ones
 */
record Message(String path, String contentType, byte[] body, String idempotencyKey, Map<String, String> headers) {
    static final String JSON = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** One that has no headers of its own. */
    static Message of(String path, String contentType, JsonNode body, String idempotencyKey) {
        return new Message(path, contentType, bytes(body), idempotencyKey, Map.of());
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of one event its id, of several a hash of theirs, in their order. */
    static String keyOf(List<Event> events) {
        if (events.size() == 1) {
            return HeaderText.encoded(events.get(0).id());
        }
        var ids = events.stream().map(Event::id).collect(Collectors.joining("\n"));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ids.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
