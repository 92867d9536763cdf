package io.wattledger.grid.watttime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedQuotaException;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.GridIntensitySourceContract;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import io.wattledger.testkit.Golden;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WattTimeSourceTest extends GridIntensitySourceContract {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final String REGION = WattTimeService.REGION;

    private final WattTimeService service = new WattTimeService();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "feed.url",
            service.server().url(),
            "feed.zones",
            REGION + "=US-CAL-CISO",
            "watttime.username",
            WattTimeService.USERNAME,
            "watttime.password",
            WattTimeService.PASSWORD,
            "watttime.model",
            "2023-03-01"));
    private @Nullable OpenedSource opened;

    @AfterEach
    void stop() {
        service.close();
    }

    private OpenedSource opened() {
        if (opened == null) {
            opened = OpenedSource.of(new WattTimeProvider(), settings, () -> service.now);
        }
        return opened;
    }

    @Override
    protected GridIntensitySource source() {
        return opened().source();
    }

    @Override
    protected String key() {
        return REGION;
    }

    @Override
    protected Instant now() {
        return service.now;
    }

    @Override
    protected void breakDown() {
        service.server().serve(question -> Answer.of(502, "<html>Bad Gateway</html>"));
    }

    private List<IntensityValue> read() throws FeedException, InterruptedException {
        return source().read(REGION, NOON, NOON.plusSeconds(600));
    }

    /** The service answers these points to the next question of values; the login before it is as usual. */
    private void points(String... points) throws FeedException, InterruptedException {
        read();
        service.server().first(Answer.json(service.body(List.of(points), "")));
    }

    @Test
    void convertsPoundsAndKeepsModelAndStamp() throws Exception {
        points("""
                {"point_time":"2026-02-03T12:00:00+00:00","value":870.0,"last_updated":"2026-02-03T12:06:11+00:00"}""", """
                {"point_time":"2026-02-03T12:05:00+00:00","value":0,"frequency":300}""", """
                {"point_time":"2026-02-03T12:10:00+00:00","value":865.0}""");

        assertThat(read())
                .containsExactlyInAnyOrder(
                        new IntensityValue(
                                NOON,
                                NOON.plusSeconds(300),
                                new CarbonIntensity(394_625_362),
                                false,
                                "co2_moer model 2023-03-01 binned_regression",
                                Instant.parse("2026-02-03T12:06:11Z")),
                        new IntensityValue(
                                NOON.plusSeconds(300),
                                NOON.plusSeconds(600),
                                new CarbonIntensity(0),
                                false,
                                "co2_moer model 2023-03-01 binned_regression",
                                service.now));
    }

    @Test
    void asksForTheModelTheSignalAndWholeSteps() throws Exception {
        source().read(REGION, NOON.plusSeconds(100), NOON.plusMillis(700_500));

        var question = service.server().questions().get(1);
        assertThat(question.path()).isEqualTo("/v3/historical");
        assertThat(question.query())
                .containsOnly(
                        Map.entry("region", REGION),
                        Map.entry("signal_type", "co2_moer"),
                        Map.entry("model", "2023-03-01"),
                        Map.entry("start", "2026-02-03T12:00:00Z"),
                        Map.entry("end", "2026-02-03T12:11:40Z"));
    }

    @Test
    void leavesOutNullAndTellsOfWhatCannotBeRight() throws Exception {
        points("""
                {"point_time":"2026-02-03T12:00:00+00:00","value":null}""", """
                {"point_time":"2026-02-03T12:05:00+00:00","value":-1}""", """
                {"point_time":"2026-02-03T12:05:00+00:00","value":"870"}""", """
                {"point_time":"noon","value":870}""", """
                {"point_time":"2026-02-03T12:00:00+00:00","value":99999}""");

        assertThat(read()).isEmpty();
        assertThat(opened().refusals(REGION)).startsWith("4 refused so far");
    }

    @Test
    void ofTwoValuesOfOneTimeTheOneUpdatedLastIsUsed() throws Exception {
        points("""
                {"point_time":"2026-02-03T12:00:00+00:00","value":1000,"last_updated":"2026-02-03T12:20:00+00:00"}""", """
                {"point_time":"2026-02-03T12:00:00+00:00","value":900,"last_updated":"2026-02-03T12:10:00+00:00"}""");

        assertThat(read()).singleElement().satisfies(value -> assertThat(value.intensity())
                .isEqualTo(new CarbonIntensity(453_592_370)));
    }

    @Test
    void theForecastIsOfThreeDaysAndSaysWhenItWasMade() throws Exception {
        var forecast = source().forecast(REGION).orElseThrow();

        assertThat(forecast.issued()).isEqualTo("2026-02-03T14:05:00Z");
        assertThat(forecast.values()).hasSize(72 * 12);
        assertThat(forecast.values().get(0))
                .extracting(ForecastValue::start, ForecastValue::end)
                .containsExactly(forecast.issued(), forecast.issued().plusSeconds(300));
    }

    @ParameterizedTest
    @CsvSource({
        "units, lbs_per_mwh",
        "units, usd_per_mwh",
        "signal_type, co2_aoer",
        "region, PJM_CHICAGO",
        "model, 2024-06-01",
    })
    void anAnswerToAnotherQuestionIsNotUsed(String what, String other) {
        service.claims.put(what, other);

        assertThatThrownBy(this::read)
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining(other + " instead of ")
                .hasMessageContaining("watttime.model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "[]", "{}", "{\"data\":null,\"meta\":{}}", "{\"data\":[]}"})
    void anAnswerOfAnotherFormIsUnavailable(String body) throws Exception {
        read();
        service.server().first(Answer.json(body));

        assertThatThrownBy(this::read)
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("WattTime's answer for " + REGION);
    }

    @Test
    void logsInOnceAndAgainBeforeTheTokenExpires() throws Exception {
        read();
        service.now = service.now.plus(Duration.ofMinutes(24));
        read();
        assertThat(service.asked("/login")).isEqualTo(1);

        service.now = service.now.plus(Duration.ofMinutes(2));
        read();
        assertThat(service.asked("/login")).isEqualTo(2);
        assertThat(service.asked("/v3/historical")).isEqualTo(3);
    }

    @Test
    void aTokenThatIsNotTakenIsRenewedOnce() throws Exception {
        read();
        service.forgetTokens();

        assertThat(read()).hasSize(2);
        assertThat(service.asked("/login")).isEqualTo(2);
    }

    @Test
    void whenTheNewTokenIsNotTakenEitherItIsRefused() {
        service.server()
                .serve(question ->
                        question.path().equals("/login") ? Answer.json("{\"token\":\"t\"}") : Answer.of(401, ""));

        assertThatThrownBy(this::read).isInstanceOf(FeedRefusedException.class).hasMessageContaining("HTTP 401");
        assertThat(service.asked("/login")).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsSaidOnceAndTheAccountIsNotTriedAgainAtOnce() throws Exception {
        settings.put("watttime.password", "wr0ng");

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::read)
                    .isInstanceOf(FeedRefusedException.class)
                    .hasMessageContaining("Cannot log in to WattTime")
                    .hasMessageContaining("as we (HTTP 401)")
                    .hasMessageContaining("watttime.password")
                    .message()
                    .doesNotContain("wr0ng");
        }
        assertThat(service.asked("/login")).isEqualTo(1);

        service.now = service.now.plus(Duration.ofMinutes(11));
        assertThatThrownBy(this::read).isInstanceOf(FeedRefusedException.class);
        assertThat(service.asked("/login")).isEqualTo(2);
    }

    @Test
    void aRegionThatIsNotInTheContractIsRefused() {
        assertThatThrownBy(() -> source().read("PJM_CHICAGO", NOON, NOON.plusSeconds(300)))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("HTTP 403")
                .hasMessageContaining("PJM_CHICAGO")
                .hasMessageContaining("contract");
        assertThat(service.asked("/login")).isEqualTo(1);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Answer.of(429, "").with("Retry-After", "30"), FeedQuotaException.class),
                Arguments.of(Answer.of(500, ""), FeedUnavailableException.class),
                Arguments.of(Answer.json("{\"data\":[{\"point_time\":\"20"), FeedUnavailableException.class),
                Arguments.of(Answer.json("{\"data\":[]}").thatIsCutOff(), FeedUnavailableException.class),
                Arguments.of(Answer.json("{\"data\":[]}").thatIsSlow(), FeedUnavailableException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAFailureItGoesOnWithTheSameToken(Answer failure, Class<? extends FeedException> type) throws Exception {
        settings.put("feed.request.timeout.ms", "400");
        read();
        service.server().first(failure);

        assertThatThrownBy(this::read).isInstanceOf(type);
        service.now = service.now.plus(Duration.ofMinutes(1));
        assertThat(read()).hasSize(2);
        assertThat(service.asked("/login")).isEqualTo(1);
    }

    @Test
    void readsPackedAnswersAndFollowsRedirectionsWithoutTheToken() throws Exception {
        read();
        service.server().first(Answer.json(service.body(List.of(), "")).gzip());
        assertThat(read()).isEmpty();

        try (var elsewhere = FeedServer.start()) {
            elsewhere.serve(question -> Answer.json(service.body(List.of(), "")));
            service.server().first(Answer.redirect(elsewhere.url() + "/v3/historical"));
            assertThat(read()).isEmpty();
            assertThat(elsewhere.questions()).singleElement().satisfies(question -> assertThat(question.headers())
                    .doesNotContainKey("authorization"));
        }
    }

    @Test
    void readsTheRealPointsOfADay() throws Exception {
        var file = Golden.root().resolve("../shared/data/real/fixtures/watttime_api/v2_data_CAISO_NORTH.json");
        assumeTrue(Files.exists(file), file + " is not here");
        var points = new ArrayList<String>();
        JsonMapper.builder().build().readTree(file.toFile()).forEach(point -> points.add(point.toString()));
        points(points.toArray(String[]::new));

        var from = Instant.parse("2021-01-01T00:00:00Z");
        var values = source().read(REGION, from, from.plus(Duration.ofDays(1)));

        assertThat(values).hasSize(points.size());
        assertThat(opened().refusals(REGION)).isEmpty();
        assertThat(values)
                .filteredOn(value -> value.start().equals(Instant.parse("2021-01-01T01:00:00Z")))
                .singleElement()
                .extracting(IntensityValue::intensity)
                .isEqualTo(new CarbonIntensity(427_284_013));
    }
}
