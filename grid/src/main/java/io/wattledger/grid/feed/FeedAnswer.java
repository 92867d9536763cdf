package io.wattledger.grid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;

/**
 * A good answer of a service.
 *
 * @param status HTTP status: of the 200s, or 304 where what was asked for has not changed
 * @param body as it is when unpacked; empty with 304
 */
public record FeedAnswer(int status, HttpHeaders headers, byte[] body) {
    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, UTF_8);
    }
}
