package io.wattledger.sinks.logging.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Reads a token as the token endpoint and the metadata server give it. */
final class TokenAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenAnswer() {}

    static TokenSource.Token read(HttpAnswer answer, URI address, Instant now) throws TargetUnavailableException {
        try {
            var json = JSON.readTree(answer.body());
            var value = json.path("access_token").asText();
            if (!value.isEmpty()) {
                return new TokenSource.Token(
                        value,
                        now.plus(Duration.ofSeconds(json.path("expires_in").asLong())));
            }
        } catch (JsonProcessingException e) {
            // The cause would show the answer, in which there may be a token.
        }
        throw new TargetUnavailableException(
                "Asked " + address + " for an access token, and its answer is no JSON with an access_token", null);
    }
}
