package io.wattledger.sinks.http;

/**
 * What a service answered: yes, or that it does not want this content.
 *
 * @param status HTTP status
 * @param body the answer
 * @param summary what was sent where and what came of it, for messages
 */
public record HttpAnswer(int status, String body, String summary) {
    /** Whether it has what was sent. */
    public boolean isGood() {
        return status / 100 == 2;
    }
}
