package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps messages instead of posting them, and answers as a test says. */
final class SentMessages implements Post {
    final List<Message> messages = new ArrayList<>();
    Post answers = message -> answer(200, "");

    static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), "answered " + status);
    }

    @Override
    public HttpAnswer send(Message message) throws TargetUnavailableException {
        messages.add(message);
        return answers.send(message);
    }

    JsonNode json(int index) {
        try {
            return new ObjectMapper().readTree(messages.get(index).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
