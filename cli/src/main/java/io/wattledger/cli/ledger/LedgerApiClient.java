package io.wattledger.cli.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.streams.api.Format;
import io.wattledger.streams.api.LedgerApi;
import io.wattledger.streams.api.RecordFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Asks the REST interface of a ledger. */
public final class LedgerApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final String base;

    /**
     * @param base address of the interface, such as http://localhost:8080
     */
    public LedgerApiClient(String base) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param knownUpTo the stamp of what it says
     */
    public record Reply(String base, int status, byte[] body, Instant knownUpTo) {
        /** Whether the ledger does not have what was asked for. */
        public boolean isMissing() {
            return status == HttpURLConnection.HTTP_NOT_FOUND;
        }

        /**
         * This answer.
         *
         * @throws Failure when it is a refusal, with the words of the ledger
         */
        public Reply orFail() {
            if (status != HttpURLConnection.HTTP_OK) {
                throw new Failure("The ledger at " + base + " did not answer: " + error());
            }
            return this;
        }

        /** Why it was refused. */
        public String error() {
            try {
                return new ObjectMapper()
                        .readTree(body)
                        .path("error")
                        .asText("status " + status)
                        .strip();
            } catch (IOException e) {
                return "status " + status;
            }
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The records that were asked for. */
        public <T extends SpecificRecord> List<T> records(Schema schema) {
            try {
                return RecordFile.read(body, schema);
            } catch (IOException e) {
                throw new Failure(
                        "Cannot read the answer of the ledger at " + base + " (" + e.getMessage()
                                + "); its version may be another one than this",
                        e);
            }
        }
    }

    /**
     * Asks for {@code path}.
     *
     * @param path its segments
     * @param parameters those without a value are left out
     * @throws Failure when nothing answers there
     */
    public Reply ask(List<String> path, Map<String, String> parameters, Format format) {
        var query = new TreeMap<>(parameters);
        query.values().removeIf(String::isEmpty);
        query.put("format", format.name().toLowerCase(Locale.ROOT));
        var uri = path.stream().map(LedgerApiClient::encode).collect(Collectors.joining("/", base + "/", "?"))
                + query.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        try {
            return ask(uri);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(
                    "Cannot reach the ledger's REST interface at " + base + " (" + e.getMessage()
                            + "); check --api, and that `wattledger streams` runs there",
                    e);
        }
    }

    private Reply ask(String uri) throws IOException {
        var connection = (HttpURLConnection) URI.create(uri).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) ANSWER.toMillis());
        int status = connection.getResponseCode();
        try (var body = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            var stamp = connection.getHeaderField(LedgerApi.KNOWN_UP_TO);
            return new Reply(
                    base,
                    status,
                    body == null ? new byte[0] : body.readAllBytes(),
                    stamp == null ? Instant.EPOCH : Instant.parse(stamp));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
