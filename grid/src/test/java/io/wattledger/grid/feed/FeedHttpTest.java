package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wattledger.grid.feed.FeedServer.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedHttpTest {
    private static final Instant NOW = Instant.parse("2026-02-03T14:20:00Z");
    private static final Map<String, String> TOKEN = Map.of("auth-token", "top-secret");

    private final FeedServer server = FeedServer.start();
    private Instant now = NOW;
    private final FeedHttp http = http(Map.of());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsPackedAndPlainJsonWithDecimals() throws Exception {
        server.first(
                Answer.json("{\"value\": 402.6}"),
                Answer.json("{\"value\": 402.6}").gzip());

        for (int i = 0; i < 2; i++) {
            var json = http.json(address("/latest?zone=DE"), TOKEN);
            assertThat(json.get("value").decimalValue()).isEqualByComparingTo("402.6");
        }
        assertThat(server.questions()).allSatisfy(question -> assertThat(question.headers())
                .containsEntry("auth-token", "top-secret")
                .containsEntry("accept-encoding", "gzip"));
    }

    @Test
    void aQuotaIsHonouredInSecondsWithoutAskingAgain() {
        server.first(Answer.of(429, "{\"error\":\"Too many requests\"}").with("Retry-After", "120"));

        var quota = refusal(FeedQuotaException.class);
        assertThat(quota.until()).isEqualTo(NOW.plusSeconds(120));
        assertThat(quota).hasMessageContaining("HTTP 429").hasMessageContaining("2026-02-03T14:22:00Z");

        now = NOW.plusSeconds(119);
        assertThat(refusal(FeedQuotaException.class).until()).isEqualTo(NOW.plusSeconds(120));
        assertThat(server.questions()).hasSize(1);
        now = NOW.plusSeconds(120);
        assertThat(refusal(FeedRefusedException.class).status()).isEqualTo(404);
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void aQuotaIsHonouredAsADate() {
        server.first(Answer.of(429, "").with("Retry-After", "Tue, 3 Feb 2026 15:00:00 GMT"));

        assertThat(refusal(FeedQuotaException.class).until()).isEqualTo("2026-02-03T15:00:00Z");
    }

    @Test
    void withoutAWordHowLongTheWaitDoubles() {
        server.first(Answer.of(429, ""), Answer.of(429, "").with("Retry-After", "soon"));

        assertThat(refusal(FeedQuotaException.class).until()).isEqualTo(NOW.plusSeconds(60));
        now = NOW.plusSeconds(60);
        assertThat(refusal(FeedQuotaException.class).until()).isEqualTo(NOW.plusSeconds(60 + 120));
    }

    @Test
    void aMomentInThePastIsNotAskedAtOnceAndOneFarAheadWithinADay() {
        server.first(
                Answer.of(429, "").with("Retry-After", "Tue, 3 Feb 2025 15:00:00 GMT"),
                Answer.of(429, "").with("Retry-After", "99999999"));

        assertThat(refusal(FeedQuotaException.class).until()).isAfter(NOW);
        now = NOW.plusSeconds(60);
        assertThat(refusal(FeedQuotaException.class).until()).isEqualTo(now.plusSeconds(86_400));
    }

    @Test
    void whatIsBrokenIsUnavailable() {
        server.first(
                Answer.of(503, "down for maintenance").with("Retry-After", "30"),
                Answer.json("{\"data\": [1, 2, 3]}").thatIsCutOff(),
                Answer.json("{\"data\": [1, 2,"),
                Answer.json("<html>login</html>"),
                Answer.bytes("{}".getBytes()).with("Content-Encoding", "gzip"));

        var down = refusal(FeedUnavailableException.class);
        assertThat(down).hasMessageContaining("HTTP 503 (down for maintenance)");
        assertThat(down.notBefore()).contains(NOW.plusSeconds(30));
        for (int i = 0; i < 4; i++) {
            assertThat(refusal(FeedUnavailableException.class).notBefore()).isEmpty();
        }
    }

    @Test
    void anAnswerThatDripsIsGivenUpAfterTheTimeout() {
        var impatient = http(Map.of(FeedConfig.REQUEST_TIMEOUT, "300"));
        server.first(Answer.json("{\"data\": [1, 2, 3]}").thatIsSlow());

        assertThatThrownBy(() -> impatient.json(address("/slow"), TOKEN))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("/slow")
                .hasMessageContaining("within 300 ms");
    }

    @Test
    void nobodyThereIsUnavailable() {
        server.close();

        refusal(FeedUnavailableException.class);
    }

    @Test
    void aRefusalSaysWhatTheServiceSaysAndKeepsTheSecret() {
        server.first(Answer.of(401, "{\"error\":\"Invalid\n token top-secret\"}"));

        var refused = refusal(FeedRefusedException.class);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused)
                .hasMessageContaining("{\"error\":\"Invalid token …\"}")
                .hasMessageContaining("check the credentials")
                .hasMessageNotContaining("top-secret");
    }

    @Test
    void aSecretInTheAddressIsNotShown() {
        var safe = new FeedHttp(feed(Map.of()), () -> now, List.of("a/b+c"));

        assertThatThrownBy(() -> safe.get(address("/api?securityToken=a%2Fb%2Bc&zone=NL"), Map.of()))
                .hasMessageContaining("securityToken=…&zone=NL")
                .hasMessageNotContaining("a%2Fb%2Bc");
    }

    @Test
    void aRedirectionTakesTheSecretAlongOnTheSameHostAlone() throws Exception {
        try (var other = FeedServer.start()) {
            other.serve(question -> Answer.json("{}"));
            server.first(Answer.redirect("/moved?zone=DE"), Answer.redirect(other.url() + "/elsewhere"));

            http.json(address("/latest?zone=DE"), TOKEN);

            assertThat(server.questions()).extracting(FeedServer.Question::path).containsExactly("/latest", "/moved");
            assertThat(server.questions().get(1).headers()).containsKey("auth-token");
            assertThat(other.questions()).hasSize(1);
            assertThat(other.questions().get(0).headers()).doesNotContainKey("auth-token");
        }
    }

    @Test
    void aRedirectionInACircleOrToAFileIsNotFollowed() {
        server.serve(question -> Answer.redirect("/again"));
        assertThat(refusal(FeedUnavailableException.class)).hasMessageContaining("redirected more than 5 times");

        server.serve(question -> Answer.redirect("file:///etc/passwd"));
        assertThat(refusal(FeedUnavailableException.class)).hasMessageContaining("not followed");
    }

    @Test
    void theBudgetIsKeptAndSaidInASentence() throws Exception {
        var thrifty = http(Map.of(FeedConfig.REQUESTS_PER_HOUR, "2"));
        server.serve(question -> Answer.json("{}"));

        thrifty.json(address("/"), TOKEN);

        var quota = catchThrowableOfType(FeedQuotaException.class, () -> thrifty.json(address("/"), TOKEN));
        assertThat(quota.until()).isEqualTo(NOW.plusSeconds(1_800));
        assertThat(quota)
                .hasMessageContaining("budget of 2 requests")
                .hasMessageContaining(FeedConfig.REQUESTS_PER_HOUR);
        assertThat(server.questions()).hasSize(1);
        now = NOW.plusSeconds(1_800);
        thrifty.json(address("/"), TOKEN);
    }

    private <T extends FeedException> T refusal(Class<T> kind) {
        return catchThrowableOfType(kind, () -> http.json(address("/latest?zone=DE"), TOKEN));
    }

    private URI address(String path) {
        return URI.create(server.url() + path);
    }

    private FeedHttp http(Map<String, String> settings) {
        return new FeedHttp(feed(settings), () -> now, List.of("top-secret"));
    }

    private static FeedConfig feed(Map<String, String> settings) {
        return FeedConfig.of(new FakeProvider(), FakeProvider.settings(settings));
    }
}
