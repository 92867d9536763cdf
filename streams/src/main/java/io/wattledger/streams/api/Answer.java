package io.wattledger.streams.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param type media type
 * @param headers further ones
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    static Answer of(Format format, String text) {
        return of(200, format, text);
    }

    static Answer of(int status, Format format, String text) {
        return new Answer(status, format.type(), text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer of(Format format, byte[] body) {
        return new Answer(200, format.type(), body, Map.of());
    }

    /** The same, saying up to when what it says was known. */
    Answer knownUpTo(Instant stamp) {
        return new Answer(status, type, body, Map.of(LedgerApi.KNOWN_UP_TO, stamp.toString()));
    }
}
