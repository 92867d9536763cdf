package io.wattledger.grid.ownseries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedQuotaException;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import io.wattledger.grid.feed.FeedUnavailableException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses; {@link OwnSeriesSourceTest} has files. */
class OwnSeriesHttpTest {
    private static final String ROWS = """
            [{"time": "2026-02-03T12:00:00Z", "intensity": 300}, {"time": "2026-02-03T13:00:00Z", "intensity": 310}]
            """;
    private static final String SECRET = "s3cr3t";

    private final FeedServer server = FeedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsItsHeadersAndTheQuery() throws Exception {
        server.serve(question -> Answer.json(ROWS));

        var opened = Series.at(server.url() + "/series.json?area={zone}")
                .with("feed.zones", "DE LU=DE")
                .with("ownseries.http.headers", "Authorization: Bearer " + SECRET + "\nX-Plan: free tier\n")
                .open();

        assertThat(Series.all(opened, "DE LU")).hasSize(2);
        var question = server.questions().get(0);
        assertThat(question.path()).isEqualTo("/series.json");
        assertThat(question.query()).containsEntry("area", "DE LU");
        assertThat(question.headers())
                .containsEntry("authorization", "Bearer " + SECRET)
                .containsEntry("x-plan", "free tier");
    }

    @Test
    void asksOnceForAllZonesAndOnlyForWhatHasChanged() throws Exception {
        var body = "time,zone,intensity\n2026-02-03T12:00:00Z,DE,300\n2026-02-03T12:00:00Z,FR,56\n";
        server.serve(question -> question.headers().containsKey("if-none-match")
                ? Answer.of(304, "")
                : Answer.of(200, body).with("ETag", "\"1\"").with("Last-Modified", "Tue, 03 Feb 2026 13:30:00 GMT"));
        var series = Series.at(server.url() + "/series.csv")
                .with("feed.zones", "DE,FR")
                .with("ownseries.zone.field", "zone");
        var opened = series.open();

        assertThat(Series.all(opened, "DE")).singleElement().satisfies(value -> assertThat(value.version())
                .isEqualTo("2026-02-03T13:30:00Z"));
        assertThat(Series.all(opened, "FR")).hasSize(1);
        assertThat(server.questions()).hasSize(1);

        series.now = series.now.plus(Duration.ofMinutes(1));
        assertThat(Series.all(opened, "DE"))
                .as("what has not changed still holds")
                .hasSize(1);
        assertThat(server.questions()).hasSize(2).last().satisfies(question -> assertThat(question.headers())
                .containsEntry("if-none-match", "\"1\"")
                .containsEntry("if-modified-since", "Tue, 03 Feb 2026 13:30:00 GMT"));
    }

    @Test
    void withoutAStampTheTimeOfTheRequestIsTheVersion() throws Exception {
        server.serve(question -> Answer.json(ROWS));
        var series = Series.at(server.url() + "/series.json");

        assertThat(Series.all(series.open(), "DE"))
                .allSatisfy(value -> assertThat(value.version()).isEqualTo(series.now));
        assertThat(server.questions().get(0).headers()).doesNotContainKeys("if-none-match", "if-modified-since");
    }

    @Test
    void readsAnswersThatArePackedTwice() throws Exception {
        var file = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(file)) {
            out.write("time,intensity\n2026-02-03T12:00:00Z,300\n".getBytes(UTF_8));
        }
        server.serve(question -> Answer.bytes(file.toByteArray()).gzip());

        assertThat(Series.all(Series.at(server.url() + "/series.csv.gz").open(), "DE"))
                .hasSize(1);
    }

    @Test
    void followsARedirectionWithoutItsHeadersWhenItLeadsElsewhere() throws Exception {
        try (var elsewhere = FeedServer.start()) {
            elsewhere.serve(question -> Answer.json(ROWS));
            server.serve(question -> Answer.redirect(elsewhere.url() + "/moved.json"));

            var opened = Series.at(server.url() + "/series.json")
                    .with("ownseries.http.headers", "X-Key: " + SECRET)
                    .open();

            assertThat(Series.all(opened, "DE")).hasSize(2);
            assertThat(elsewhere.questions()).singleElement().satisfies(question -> assertThat(question.headers())
                    .doesNotContainKey("x-key"));
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Answer.of(401, "no " + SECRET), FeedRefusedException.class, "HTTP 401"),
                Arguments.of(Answer.of(403, ""), FeedRefusedException.class, "HTTP 403"),
                Arguments.of(Answer.of(404, ""), FeedRefusedException.class, "HTTP 404"),
                Arguments.of(Answer.of(429, "").with("Retry-After", "90"), FeedQuotaException.class, "HTTP 429"),
                Arguments.of(Answer.of(503, ""), FeedUnavailableException.class, "HTTP 503"),
                Arguments.of(Answer.json(ROWS).thatIsCutOff(), FeedUnavailableException.class, "series.json"),
                Arguments.of(Answer.json(ROWS).thatIsSlow(), FeedUnavailableException.class, "within 400 ms"),
                Arguments.of(Answer.json("null"), FeedUnavailableException.class, "no list of rows"),
                Arguments.of(Answer.json(ROWS.substring(0, 40)), FeedUnavailableException.class, "cut off or no JSON"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsToldWithoutTheSecretAndPasses(Answer failure, Class<? extends FeedException> type, String what)
            throws Exception {
        server.serve(question -> Answer.json(ROWS));
        server.first(failure);
        var series = Series.at(server.url() + "/series.json")
                .with("feed.request.timeout.ms", "400")
                .with("ownseries.http.headers", "Authorization: Bearer " + SECRET);
        var opened = series.open();

        assertThatThrownBy(() -> Series.all(opened, "DE"))
                .isInstanceOf(type)
                .hasMessageContaining(what)
                .message()
                .doesNotContain(SECRET);

        series.now = series.now.plus(Duration.ofMinutes(2));
        assertThat(Series.all(opened, "DE")).hasSize(2);
    }

    @Test
    void oneFailureIsForAllZones() {
        server.serve(question -> Answer.of(500, ""));
        var opened = Series.at(server.url() + "/series.csv")
                .with("feed.zones", "DE,FR,ES")
                .with("ownseries.zone.field", "zone")
                .open();

        for (var zone : List.of("DE", "FR", "ES")) {
            assertThatThrownBy(() -> opened.source().read(zone, Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                    .isInstanceOf(FeedUnavailableException.class);
        }
        assertThat(server.questions()).extracting(Question::path).containsExactly("/series.csv");
    }
}
