package io.wattledger.grid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;

/** A good answer of a service: its headers, and its body as it is when unpacked. */
public record FeedAnswer(HttpHeaders headers, byte[] body) {
    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, UTF_8);
    }
}
