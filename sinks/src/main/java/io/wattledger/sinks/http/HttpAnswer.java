package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a service answered: yes, or that it does not want this content.
 *
 * @param status HTTP status
 * @param content the answer
 * @param summary what was sent where and what came of it, for messages
 */
public record HttpAnswer(int status, byte[] content, String summary) {
    /** Whether it has what was sent. */
    public boolean isGood() {
        return status / 100 == 2;
    }

    /** The answer as text. */
    public String body() {
        return new String(content, UTF_8);
    }
}
