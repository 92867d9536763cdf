package io.wattledger.sinks.http;

import static io.wattledger.sinks.http.LocalServer.answer;
import static io.wattledger.sinks.http.LocalServer.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
    private static final HttpSettings SETTINGS = new HttpSettings("x.");

    private final LocalServer server = LocalServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsTheBodyWithHeadersOfTheSettingsAndOfTheRequest() throws Exception {
        server.behave(answer(202, "thanks"));
        var sender = sender(Map.of("x.header.X-Team", "a", "x.header.X-Both", "settings"));

        var answer = sender.post(
                server.address("/in?key=1"), "text".getBytes(UTF_8), Map.of("X-Both", "request", "X-One", "1"));

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("thanks");
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/in?key=1");
            assertThat(request.text()).isEqualTo("text");
            assertThat(request.header("X-Team")).isEqualTo("a");
            assertThat(request.header("X-Both")).isEqualTo("request");
            assertThat(request.header("X-One")).isEqualTo("1");
        });
    }

    @Test
    void saysWhoItIs() throws Exception {
        sender(Map.of("x.auth.type", "basic", "x.auth.username", "me", "x.auth.password", "pass:ä"))
                .post(server.address("/"), new byte[0], Map.of());
        sender(Map.of("x.auth.type", "bearer", "x.auth.token", "abc\n"))
                .post(server.address("/"), new byte[0], Map.of());

        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Basic bWU6cGFzczrDpA==");
        assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415, 422, 431})
    void leavesRefusedContentToTheCaller(int status) throws Exception {
        server.behave(answer(status, "no such\n field"));

        var answer = post(sender(Map.of()));

        assertThat(answer.isGood()).isFalse();
        assertThat(answer.summary())
                .isEqualTo("Sent to " + server.url() + "/in, which answered HTTP " + status + " (no such field)");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void failsWhereNobodyBelievesWhoItIs(int status) {
        server.behave(answer(status, "who are you?"));

        assertThatThrownBy(() -> post(sender(Map.of())))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessage("Sent to " + server.url() + "/in, which answered HTTP " + status
                        + " (who are you?): check the credentials in x.auth.… and x.header.…");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 404, 405, 410})
    void failsWhereTheAddressIsWrong(int status) {
        server.behave((exchange, request) -> {
            exchange.getResponseHeaders().set("Location", server.url() + "/elsewhere");
            send(exchange, status, "");
        });

        assertThatThrownBy(() -> post(sender(Map.of())))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageEndingWith("HTTP " + status + ": check the address, x.url");
        assertThat(server.requests()).as("does not follow").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void isTriedAgainWhereTheServiceIsNotToBeHad(int status) {
        server.behave(answer(status, "later"));

        assertThat(unavailable(sender(Map.of())))
                .hasMessage("Sent to " + server.url() + "/in, which answered HTTP " + status + " (later)")
                .satisfies(e -> assertThat(e.retryAfter()).isEmpty());
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        assertThat(retryAfter("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(retryAfter(" 0 ")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("999999999")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter(date(Instant.now().plusSeconds(90))))
                .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
    }

    @Test
    void waitsAsItLikesWhereTheServiceAsksNothingThatMakesSense() {
        assertThat(retryAfter(date(Instant.now().minusSeconds(90)))).isNull();
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("-5")).isNull();
    }

    @Test
    void aServiceThatSaysNothingIsNotToBeHad() {
        server.behave(server.silent());

        assertThat(unavailable(sender(Map.of("x.request.timeout.ms", "200"))))
                .hasMessage("Sent to " + server.url() + "/in and had no whole answer within 200 ms");
    }

    @Test
    void aServiceThatDripsIsNotToBeHad() {
        server.behave(server.dripping());

        assertThat(unavailable(sender(Map.of("x.request.timeout.ms", "300"))))
                .hasMessage("Sent to " + server.url() + "/in and had no whole answer within 300 ms");
    }

    @Test
    void aServiceThatBreaksOffIsNotToBeHad() {
        server.behave(LocalServer.truncated());

        assertThat(unavailable(sender(Map.of()))).hasMessageStartingWith("Cannot send to " + server.url() + "/in (");
    }

    @Test
    void keepsOnlyTheBeginningOfAnEndlessAnswer() throws Exception {
        var megabyte = "x".repeat(1 << 20);
        server.behave((exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 8; i++) {
                exchange.getResponseBody().write(megabyte.getBytes(UTF_8));
            }
        });

        var answer = post(sender(Map.of()));

        assertThat(answer.body()).hasSize(BeginningOfBody.KEPT_BYTES);
        assertThat(answer.summary()).hasSizeLessThan(400);
    }

    @Test
    void aServiceThatIsDownIsNotToBeHad() {
        server.down();

        assertThat(unavailable(sender(Map.of())))
                .hasMessage("Cannot send to " + server.url() + "/in (connection refused)");
    }

    @Test
    void aNameThatNobodyHasIsNotToBeHad() {
        var sender = sender(Map.of());

        assertThatThrownBy(() -> sender.post(URI.create("http://nobody.invalid/in"), new byte[0], Map.of()))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessage("Cannot send to http://nobody.invalid/in (unknown host)");
    }

    @Test
    void aServiceThatTakesNoConnectionIsNotToBeHad() throws IOException {
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (takes(full, waiting)) {
                assertThat(waiting).as("connections that nobody accepts").hasSizeLessThan(100);
            }
            var address = URI.create("http://localhost:" + full.getLocalPort() + "/in");
            var sender = sender(Map.of("x.connect.timeout.ms", "200"));

            assertThatThrownBy(() -> sender.post(address, new byte[0], Map.of()))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessage("Cannot send to " + address + " (no connection within 200 ms)");
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private static boolean takes(ServerSocket service, List<Socket> connections) throws IOException {
        var socket = new Socket();
        connections.add(socket);
        try {
            socket.connect(service.getLocalSocketAddress(), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void aConnectionThatBreaksOffBeforeItIsSafeIsTriedAgain() throws IOException {
        try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var closing = CompletableFuture.runAsync(() -> {
                try {
                    socket.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            var address = URI.create("https://localhost:" + socket.getLocalPort() + "/in");

            assertThatThrownBy(() -> sender(Map.of()).post(address, new byte[0], Map.of()))
                    .isInstanceOf(TargetUnavailableException.class)
                    .hasMessageEndingWith("; if it stays so, check the settings x.ssl.…");
            closing.join();
        }
    }

    @Test
    void showsNoQueryAndNoCredentialThoughTheServiceRepeatsThem() {
        server.behave((exchange, request) -> send(
                exchange,
                500,
                "I got " + request.header("Authorization") + " and " + request.header("X-Key")
                        + " and secret-token-1"));
        var sender = sender(
                Map.of("x.auth.type", "bearer", "x.auth.token", "secret-token-1", "x.header.X-Key", "secret-key-2"));

        assertThatThrownBy(() -> sender.post(server.address("/in?api_key=secret-key-3"), new byte[0], Map.of()))
                .hasMessage("Sent to " + server.url() + "/in, which answered HTTP 500 (I got … and … and …)");
    }

    @Test
    void showsNoPathThatIsASecret() {
        server.behave((exchange, request) -> send(exchange, 404, request.path() + " was not found: no T0/B0/abcdefgh"));
        var sender = SETTINGS.sender(config(Map.of()), new ServiceManners(true, answer -> false));

        assertThatThrownBy(() -> sender.post(server.address("/services/T0/B0/abcdefgh"), new byte[0], Map.of()))
                .hasMessage("Sent to " + server.url()
                        + "/…, which answered HTTP 404 (… was not found: no T0/B0/…): check" + " the address, x.url");
    }

    @Test
    void aServiceMayRefuseContentInItsOwnWay() throws Exception {
        server.behave(answer(404, "no such run"));
        var manners = new ServiceManners(false, answer -> answer.body().contains("run"));

        var answer = SETTINGS.sender(config(Map.of()), manners).post(server.address("/in"), new byte[0], Map.of());

        assertThat(answer.isGood()).isFalse();
    }

    private TargetUnavailableException unavailable(HttpSender sender) {
        return catchThrowableOfType(TargetUnavailableException.class, () -> post(sender));
    }

    private HttpAnswer post(HttpSender sender) throws TargetUnavailableException {
        return sender.post(server.address("/in"), new byte[0], Map.of());
    }

    private Duration retryAfter(String text) {
        server.behave((exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", text);
            send(exchange, 429, "");
        });
        return unavailable(sender(Map.of())).retryAfter().orElse(null);
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static HttpSender sender(Map<String, String> settings) {
        return SETTINGS.sender(config(settings));
    }

    private static AbstractConfig config(Map<String, String> settings) {
        var all = new HashMap<String, String>(settings);
        all.put("x.url", "http://localhost");
        return new AbstractConfig(SETTINGS.define(new ConfigDef(), null), all, false);
    }
}
