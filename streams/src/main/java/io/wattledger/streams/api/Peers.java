package io.wattledger.streams.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Asks other instances what is there. An answer without one of them would be wrong, so there is none then. */
final class Peers {
    /** Tells an instance that another one asks. */
    static final String FORWARDED = "Wattledger-Forwarded";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private @Nullable HttpClient http;

    /** The answer of another instance, as it is; a question that was forwarded to here already is not sent around. */
    Answer forward(URI instance, Question question) {
        if (question.forwarded()) {
            throw new RefusedQuestionException(
                    503, "What was asked for is being moved to " + instance + "; try again.");
        }
        var answer = send(instance, question.uri().toString(), question.format());
        var headers = new HashMap<String, String>();
        answer.headers()
                .firstValue(LedgerApi.KNOWN_UP_TO)
                .ifPresent(stamp -> headers.put(LedgerApi.KNOWN_UP_TO, stamp));
        var type = answer.headers()
                .firstValue("Content-Type")
                .orElse(question.format().type());
        return new Answer(answer.statusCode(), type, answer.body(), Map.copyOf(headers));
    }

    /** What all these instances answer, one after the other. */
    <T extends SpecificRecord> List<T> gather(List<URI> instances, String question, Schema schema) {
        var records = new ArrayList<T>();
        for (var instance : instances) {
            var answer = send(instance, question, Format.AVRO);
            try {
                if (answer.statusCode() != OK) {
                    throw new IOException("status " + answer.statusCode());
                }
                records.addAll(RecordFile.read(answer.body(), schema));
            } catch (IOException e) {
                throw unreachable(instance, e);
            }
        }
        return records;
    }

    private HttpResponse<byte[]> send(URI instance, String question, Format format) {
        var request = HttpRequest.newBuilder(instance.resolve(question))
                .header("Accept", format.type())
                .header(FORWARDED, "true")
                .timeout(PATIENCE)
                .build();
        try {
            return http().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw unreachable(instance, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(instance, e);
        }
    }

    private static RefusedQuestionException unreachable(URI instance, Exception cause) {
        return new RefusedQuestionException(
                503,
                "Part of the answer is at the instance " + instance + ", which did not give it (" + cause
                        + "); try again in a moment, and check its setting api.advertised if that does not help.");
    }

    /** Most installations have one instance and never need it. */
    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        }
        return http;
    }
}
