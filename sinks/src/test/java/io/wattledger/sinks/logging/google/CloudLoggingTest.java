package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.HttpSenders;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.Records;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that checks signatures, gives tokens and takes entries as Google's do. */
class CloudLoggingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair KEYS = ServiceAccountFile.keys();

    @TempDir
    private Path folder;

    private final LocalServer server = LocalServer.start();
    private ServiceAccountFile account;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private LocalServer.Behaviour answerToEntries = LocalServer.answer(200, "{}");
    private int tokens;
    private final List<String> methods = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeKey() {
        server.behave(this::answer);
        account = ServiceAccountFile.in(folder, server.url() + "/token", KEYS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void answer(HttpExchange exchange, LocalServer.Request request) throws IOException, InterruptedException {
        methods.add(exchange.getRequestMethod());
        switch (request.path()) {
            case "/token", "/computeMetadata/v1/instance/service-accounts/default/token" ->
                LocalServer.send(exchange, 200, "{\"access_token\":\"token" + ++tokens + "\",\"expires_in\":3599}");
            case "/v2/entries:write" -> answerToEntries.handle(exchange, request);
            default -> LocalServer.send(exchange, 404, "");
        }
    }

    @Test
    void asksForATokenWithARequestSignedByTheKey() throws Exception {
        logging(serviceAccount()).send(List.of(Records.line(Records.correction("r1"), 1)));

        var request = server.requests().get(0);
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        var form = Stream.of(request.text().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        var parts = form.get("assertion").split("\\.");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(account.publicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(JSON.readTree(Base64.getUrlDecoder().decode(parts[0])))
                .isEqualTo(JSON.readTree("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}"));
        assertThat(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])))
                .isEqualTo(JSON.readTree("""
                        {"iss": "writer@p.iam.gserviceaccount.com",
                         "scope": "https://www.googleapis.com/auth/logging.write",
                         "aud": "%s", "iat": 1772359200, "exp": 1772362800}
                        """.formatted(server.url() + "/token")));
        assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer token1");
    }

    @Test
    void writesEntries() throws Exception {
        logging(serviceAccount())
                .send(List.of(
                        Records.line(Records.run("r1", 1).build(), 1), Records.line(Records.correction("r1"), 2)));

        var request = JSON.readTree(server.requests().get(1).body());
        assertThat(request.path("logName").asText()).isEqualTo("projects/p/logs/energy%2Fwattledger");
        assertThat(request.path("resource"))
                .isEqualTo(JSON.readTree("{\"type\":\"global\",\"labels\":{\"project_id\":\"p\"}}"));
        var run = request.path("entries").path(0);
        assertThat(run.path("timestamp").asText()).isEqualTo("2026-03-01T10:00:15.250Z");
        assertThat(run.path("severity").asText()).isEqualTo("INFO");
        assertThat(run.path("labels").path("event").asText()).isEqualTo("run.finished");
        assertThat(run.path("jsonPayload").path("message").asText()).startsWith("Run r1 of project web");
        assertThat(run.path("jsonPayload").path("emissions_micrograms").isIntegralNumber())
                .isTrue();
        assertThat(request.path("entries").path(1).path("severity").asText()).isEqualTo("WARNING");
    }

    @Test
    void anEntryThatComesAgainHasTheSameIdentifier() throws Exception {
        var logging = logging(serviceAccount());
        logging.send(List.of(Records.line(Records.correction("r1"), 1)));
        logging.send(List.of(Records.line(Records.correction("r1"), 1), Records.line(Records.correction("r2"), 2)));

        var first = entry(1, 0).path("insertId").asText();
        assertThat(first).matches("[\\w-]{43}");
        assertThat(entry(2, 0).path("insertId").asText()).isEqualTo(first);
        assertThat(entry(2, 1).path("insertId").asText()).isNotEqualTo(first);
    }

    private JsonNode entry(int request, int index) throws Exception {
        return JSON.readTree(server.requests().get(request).body())
                .path("entries")
                .path(index);
    }

    @Test
    void renewsATokenBeforeItsEnd() throws Exception {
        var logging = logging(serviceAccount());
        var lines = List.of(Records.line(Records.correction("r1"), 1));
        logging.send(lines);
        now = now.plus(Duration.ofMinutes(56));
        logging.send(lines);
        now = now.plus(Duration.ofMinutes(1));
        logging.send(lines);

        assertThat(server.requests().stream()
                        .filter(request -> request.path().startsWith("/v2"))
                        .map(request -> request.header("Authorization")))
                .containsExactly("Bearer token1", "Bearer token1", "Bearer token2");
    }

    @Test
    void asksTheMachineForATokenWhereThereIsNoKey() throws Exception {
        var metadata = new MetadataTokens(URI.create(server.url()), HttpSenders.with(Map.of()), () -> now);

        logging(metadata).send(List.of(Records.line(Records.correction("r1"), 1)));

        assertThat(methods).startsWith("GET");
        assertThat(server.requests().get(0).header("Metadata-Flavor")).isEqualTo("Google");
        assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer token1");
    }

    @Test
    void saysWhenTheAccountIsNotBelieved() {
        server.behave(LocalServer.answer(400, "{\"error\":\"invalid_grant\"}"));

        assertThatThrownBy(() -> logging(serviceAccount()).send(List.of(Records.line(Records.correction("r1"), 1))))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("invalid_grant")
                .hasMessageContaining("no access token for the key key-1 of writer@p.iam.gserviceaccount.com")
                .hasMessageContaining("check google.credentials.file and the worker's clock");
    }

    @Test
    void triesAgainWhereTheAnswerIsNoTokenAndDoesNotShowIt() {
        server.behave(LocalServer.answer(200, "{\"access_token\": SECRET"));

        assertThatThrownBy(() -> logging(serviceAccount()).send(List.of(Records.line(Records.correction("r1"), 1))))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining(server.url() + "/token")
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    void linesMayBeRefused() {
        answerToEntries = LocalServer.answer(400, "timestamp too old");

        assertThatThrownBy(() -> logging(serviceAccount()).send(List.of(Records.line(Records.correction("r1"), 1))))
                .isInstanceOf(LinesRefusedException.class)
                .hasMessageContaining("HTTP 400 (timestamp too old)");
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new TokenSource.Token("SECRET", now).toString()).doesNotContain("SECRET");
        assertThat(ServiceAccountKey.read(account.path()).toString())
                .isEqualTo("key key-1 of writer@p.iam.gserviceaccount.com");
    }

    private TokenSource serviceAccount() {
        return new ServiceAccountTokens(
                ServiceAccountKey.read(account.path()),
                HttpSenders.with(Map.of()),
                () -> now,
                "google.credentials.file");
    }

    private CloudLogging logging(TokenSource tokens) {
        return new CloudLogging(
                HttpSenders.with(Map.of()),
                server.address("/v2/entries:write"),
                new AccessToken(tokens, () -> now),
                new LogName("p", "energy/wattledger"),
                new MonitoredResource("global", Map.of("project_id", "p")));
    }
}
