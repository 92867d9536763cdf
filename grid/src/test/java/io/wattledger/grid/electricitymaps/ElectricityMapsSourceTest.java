package io.wattledger.grid.electricitymaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.GridIntensitySourceContract;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import io.wattledger.testkit.Golden;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElectricityMapsSourceTest extends GridIntensitySourceContract {
    private static final Instant NOW = Instant.parse("2026-02-03T14:20:00Z");
    private static final Instant ONE = Instant.parse("2026-02-03T13:00:00Z");
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

    private final FeedServer server = FeedServer.start();
    private final FakeElectricityMaps service = new FakeElectricityMaps(server, NOW);
    private final Map<String, String> settings = new HashMap<>(Map.of(
            FeedConfig.ZONES,
            "DE",
            FeedConfig.URL,
            server.url() + "/",
            FeedConfig.REQUESTS_PER_HOUR,
            "100000",
            ElectricityMapsProvider.TOKEN,
            FakeElectricityMaps.TOKEN));

    @BeforeEach
    void fill() {
        service.put(NOON, "402.6", false, NOON.plusSeconds(7_200));
        service.put(ONE, "0", true, ONE.plusSeconds(60));
        service.put(ONE.plusSeconds(3_600), "null", true, ONE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected GridIntensitySource source() {
        return open().source();
    }

    @Override
    protected String key() {
        return FakeElectricityMaps.ZONE;
    }

    @Override
    protected Instant now() {
        return NOW;
    }

    @Override
    protected void breakDown() {
        server.serve(question -> Answer.of(500, "{\"error\":\"oops\"}"));
    }

    @Test
    void theLastDayIsOneQuestionForItsHistory() throws Exception {
        var values = lastDay();

        assertThat(values).hasSize(2);
        assertThat(values.get(0).start()).isEqualTo(NOON);
        assertThat(values.get(0).end()).isEqualTo(ONE);
        assertThat(values.get(0).intensity().microgramsPerKwh()).isEqualTo(402_600_000);
        assertThat(values.get(0).measured()).isTrue();
        assertThat(values.get(0).method()).isNull();
        assertThat(values.get(0).version()).isEqualTo(NOON.plusSeconds(7_200));
        assertThat(values.get(0).renewableThousandths()).isNull();
        assertThat(values.get(1).intensity().microgramsPerKwh()).isZero();
        assertThat(values.get(1).measured()).isFalse();
        assertThat(values.get(1).method()).isEqualTo("TIME_SLICER_AVERAGE");
        assertThat(server.questions()).hasSize(1);
        assertThat(server.questions().get(0).path()).isEqualTo("/v4/carbon-intensity/history");
        assertThat(server.questions().get(0).query())
                .containsEntry("zone", "DE")
                .containsEntry("emissionFactorType", "lifecycle")
                .containsEntry("flowTraced", "true")
                .containsEntry("temporalGranularity", "hourly")
                .containsEntry("disableCallerLookup", "true");
    }

    @Test
    void whatIsOlderIsAskedForAsARange() throws Exception {
        settings.put(ElectricityMapsProvider.VERSION, "v3");

        assertThat(source().read(key(), NOON.minus(Duration.ofDays(7)), ONE))
                .extracting(IntensityValue::start)
                .containsExactly(NOON);

        var question = server.questions().get(0);
        assertThat(question.path()).isEqualTo("/v3/carbon-intensity/past-range");
        assertThat(question.query())
                .containsEntry("start", "2026-01-27T12:00:00Z")
                .containsEntry("end", "2026-02-03T13:00:00Z");
    }

    @Test
    void aContractWithoutHistoryHasTheCurrentIntervalAlone() throws Exception {
        settings.put(ElectricityMapsProvider.HISTORY, "false");
        service.put(Instant.parse("2026-02-03T14:00:00Z"), "311", true, NOW);

        assertThat(lastDay()).extracting(IntensityValue::start).containsExactly(Instant.parse("2026-02-03T14:00:00Z"));
        assertThat(source().read(key(), NOON.minus(Duration.ofDays(7)), ONE)).isEmpty();
        assertThat(server.questions()).extracting(Question::path).containsExactly("/v4/carbon-intensity/latest");
    }

    @Test
    void theGranularityOfTheAnswerCountsNotThatOfTheQuestion() throws Exception {
        settings.put(ElectricityMapsProvider.GRANULARITY, "5_minutes");
        assertThat(lastDay().get(0).end()).isEqualTo(NOON.plusSeconds(3_600));

        service.granularity("15_minutes");
        assertThat(lastDay().get(0).end()).isEqualTo(NOON.plusSeconds(900));
        assertThat(server.questions().get(0).query()).containsEntry("temporalGranularity", "5_minutes");

        service.granularity("fortnightly");
        assertThatThrownBy(this::lastDay)
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("fortnightly");
    }

    @Test
    void whereTheAnswerDoesNotNameItTheStepBetweenRowsDoes() throws Exception {
        service.granularity("");
        assertThat(lastDay().get(0).end()).isEqualTo(NOON.plusSeconds(3_600));

        service.put(NOON.plusSeconds(900), "400", false, NOON);
        assertThat(lastDay().get(0).end()).isEqualTo(NOON.plusSeconds(900));
    }

    @Test
    void anAnswerForAnotherZoneOrOtherFactorsIsNotUsed() {
        service.put(ONE, "{\"zone\":\"FR\",\"carbonIntensity\":50,\"datetime\":\"" + ONE + "\"}");
        assertThatThrownBy(this::lastDay)
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("Asked for zone DE and was answered for FR");

        settings.put(ElectricityMapsProvider.FACTORS, "direct");
        service.put(ONE, "{\"emissionFactorType\":\"lifecycle\",\"carbonIntensity\":50,\"datetime\":\"" + ONE + "\"}");
        assertThatThrownBy(this::lastDay).hasMessageContaining("Asked for emissionFactorType direct");
    }

    @Test
    void whatIsNotSaidToBeMeasuredIsAnEstimate() throws Exception {
        service.put(NOON, "{\"carbonIntensity\":50,\"datetime\":\"" + NOON + "\"}");

        assertThat(lastDay().get(0).measured()).isFalse();
        assertThat(lastDay().get(0).version()).isEqualTo(NOW);
    }

    @Test
    void valuesThatCannotBeRightAreLeftOutAndSaid() throws Exception {
        service.put(NOON, "-5", false, NOON);
        service.put(ONE, "3000.1", false, NOON);
        var opened = open();

        assertThat(opened.source().read(key(), NOON, NOW)).isEmpty();

        assertThat(opened.refusals(key())).contains("2 refused").contains("3000.1 g/kWh");
    }

    @Test
    void wrongTypesAreABrokenAnswer() {
        service.put(NOON, "\"much\"", false, NOON);
        assertThatThrownBy(this::lastDay)
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("carbonIntensity")
                .hasMessageContaining("much");

        service.put(NOON, "{\"carbonIntensity\":5,\"datetime\":\"noon\"}");
        assertThatThrownBy(this::lastDay)
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("datetime");
    }

    @Test
    void aWrongTokenIsRefusedWithoutShowingIt() {
        settings.put(ElectricityMapsProvider.TOKEN, "wrong-token");

        assertThatThrownBy(this::lastDay)
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("Invalid auth-token")
                .hasMessageNotContaining("wrong-token");
    }

    @Test
    void aWrongZoneIsRefusedInTheWordsOfTheService() {
        assertThatThrownBy(() -> source().read("XX", NOON, NOW))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("Zone 'XX' does not exist");
    }

    @Test
    void noDataForTheTimeIsNothing() throws Exception {
        server.serve(question -> Answer.of(404, "{\"error\":\"No data\"}"));

        assertThat(lastDay()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"v3, 2", "v4, 3"})
    void sharesAreAnOptionThatCostsRequests(String version, int requests) throws Exception {
        settings.put(ElectricityMapsProvider.SHARES, "true");
        settings.put(ElectricityMapsProvider.VERSION, version);

        assertThat(lastDay()).hasSize(2).allSatisfy(value -> {
            assertThat(value.renewableThousandths()).isEqualTo(401);
            assertThat(value.carbonFreeThousandths()).isEqualTo(410);
        });
        assertThat(server.questions()).hasSize(requests);
    }

    @Test
    void withoutTheSharesTheValuesAreGood() throws Exception {
        settings.put(ElectricityMapsProvider.SHARES, "true");
        var source = source();
        source.read(key(), NOON, NOW);
        server.first(
                Answer.json("{\"zone\":\"DE\",\"history\":[{\"carbonIntensity\":5,\"datetime\":\"" + NOON + "\"}]}"),
                Answer.of(403, "{\"error\":\"not in your plan\"}"));

        var values = source.read(key(), NOON, NOW);

        assertThat(values).hasSize(1);
        assertThat(values.get(0).renewableThousandths()).isNull();
    }

    @Test
    void aForecastHasTheStampOfItsIssueAndNoHoles() throws Exception {
        var forecast = source().forecast(key()).orElseThrow();

        assertThat(forecast.issued()).isEqualTo("2026-02-03T13:52:10Z");
        assertThat(forecast.values()).hasSize(2);
        assertThat(forecast.values().get(1).start()).isEqualTo("2026-02-03T16:00:00Z");
        assertThat(forecast.values().get(1).end()).isEqualTo("2026-02-03T17:00:00Z");
        assertThat(forecast.values().get(1).intensity().microgramsPerKwh()).isEqualTo(276_500_000);
        assertThat(server.questions().get(0).query()).containsEntry("horizonHours", "72");
    }

    @ParameterizedTest
    @CsvSource({
        "lifecycle, true, average-lifecycle",
        "direct, true, average-direct",
        "lifecycle, false, production-lifecycle",
        "direct, false, production-direct",
    })
    void eachSignalHasASeriesOfItsOwn(String factors, String flowTraced, String series) {
        settings.put(ElectricityMapsProvider.FACTORS, factors);
        settings.put(ElectricityMapsProvider.FLOW_TRACED, flowTraced);

        assertThat(open().feed().series()).isEqualTo(series);
    }

    @Test
    void directValuesDoNotGoIntoTheLedgersSeries() {
        settings.put(ElectricityMapsProvider.FACTORS, "direct");
        settings.put(FeedConfig.SERIES, "average-lifecycle");

        assertThatThrownBy(this::open).hasMessageContaining("for another signal");
    }

    @Test
    void settingsThatAreWrongAreNamedWithoutTheToken() {
        settings.put(ElectricityMapsProvider.FORECAST_HOURS, "5");
        settings.put(ElectricityMapsProvider.VERSION, "v5");
        settings.put("electricitymaps.tokn", "em-token");

        assertThatThrownBy(this::open)
                .hasMessageContaining("must be 6, 24, 48 or 72")
                .hasMessageContaining(ElectricityMapsProvider.VERSION)
                .hasMessageContaining("Unknown setting electricitymaps.tokn")
                .hasMessageNotContaining("em-token");
    }

    /** What the service really sent, on 6 March 2024. */
    @Test
    void realAnswersAreRead() throws Exception {
        var fixtures = Golden.root().resolve("../shared/data/real/fixtures/electricitymaps_api");
        assumeTrue(Files.isDirectory(fixtures), "No recorded answers of Electricity Maps here");
        var history = Files.readString(fixtures.resolve("carbon_intensity_history_DE.json"));
        var breakdown = Files.readString(fixtures.resolve("latest_power_breakdown_DE.json"));
        settings.put(ElectricityMapsProvider.SHARES, "true");
        settings.put(ElectricityMapsProvider.VERSION, "v3");
        server.serve(question -> Answer.json(question.path().contains("power-breakdown") ? breakdown : history));
        var then = Instant.parse("2024-03-06T19:10:00Z");
        var source = OpenedSource.of(new ElectricityMapsProvider(), settings, () -> then)
                .source();

        var values = source.read(key(), then.minus(Duration.ofHours(24)), then);

        assertThat(values).hasSize(24).allSatisfy(value -> assertThat(Duration.between(value.start(), value.end()))
                .isEqualTo(Duration.ofHours(1)));
        assertThat(values.get(0).intensity().microgramsPerKwh()).isEqualTo(599_000_000);
        assertThat(values.get(0).version()).isEqualTo("2024-03-06T15:48:54.012Z");
        assertThat(values.get(0).measured()).isTrue();
        assertThat(values.get(23).measured()).isFalse();
        assertThat(values.get(23).renewableThousandths()).isEqualTo(330);
        assertThat(values.get(23).carbonFreeThousandths()).isEqualTo(340);
    }

    private List<IntensityValue> lastDay() throws Exception {
        return source().read(key(), NOW.minus(Duration.ofHours(24)), NOW);
    }

    private OpenedSource open() {
        return OpenedSource.of(new ElectricityMapsProvider(), settings, () -> NOW);
    }
}
