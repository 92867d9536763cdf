package io.wattledger.grid.ukcarbonintensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.GridIntensitySourceContract;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import io.wattledger.testkit.Golden;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UkCarbonIntensitySourceTest extends GridIntensitySourceContract {
    private static final Instant NOW = Instant.parse("2026-02-03T14:20:00Z");
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final FeedServer server = FeedServer.start();
    private final Map<String, String> settings =
            new HashMap<>(Map.of(FeedConfig.ZONES, "GB,GB-13", FeedConfig.URL, server.url()));

    @BeforeEach
    void serve() {
        server.serve(this::answer);
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
        return "GB";
    }

    @Override
    protected Instant now() {
        return NOW;
    }

    @Override
    protected void breakDown() {
        server.serve(question -> Answer.of(500, "<html>Internal Server Error</html>"));
    }

    /** As the service does: with the half hour that ends at the start of the range, and those to come. */
    private Answer answer(Question question) {
        var parts = question.path().split("/");
        boolean regional = parts[1].equals("regional");
        var from = OffsetDateTime.parse(parts[regional ? 3 : 2]).toInstant();
        var until = parts[regional ? 4 : 3];
        var to = until.equals("fw48h")
                ? from.plus(Duration.ofHours(48))
                : OffsetDateTime.parse(until).toInstant();
        if (Duration.between(from, to).compareTo(Duration.ofDays(14)) > 0) {
            return Answer.of(400, "{\"error\":{\"code\":\"400 Bad Request\",\"message\":\"Range above 14 days\"}}");
        }
        var rows = Stream.iterate(floor(from).minus(HALF_HOUR), at -> at.isBefore(to), at -> at.plus(HALF_HOUR))
                .map(at -> row(at, regional))
                .collect(Collectors.joining(","));
        return Answer.json(
                regional
                        ? "{\"data\":{\"regionid\":" + parts[6] + ",\"shortname\":\"London\",\"data\":[" + rows + "]}}"
                        : "{\"data\":[" + rows + "]}");
    }

    private static Instant floor(Instant moment) {
        return Instant.ofEpochSecond(moment.getEpochSecond() / 1_800 * 1_800);
    }

    private static String row(Instant at, boolean regional) {
        // The actual value is there an hour after the half hour has ended.
        var actual = at.plus(Duration.ofMinutes(90)).isBefore(NOW) ? "163" : "null";
        return "{\"from\":\"%s\",\"to\":\"%s\",\"intensity\":{\"forecast\":166,%s\"index\":\"moderate\"}}"
                .formatted(minutes(at), minutes(at.plus(HALF_HOUR)), regional ? "" : "\"actual\":" + actual + ",");
    }

    private static String minutes(Instant moment) {
        return moment.toString().replace(":00Z", "Z");
    }

    @Test
    void theActualValueCountsAndUntilItIsThereTheForecast() throws Exception {
        var values = source().read("GB", NOW.minus(Duration.ofHours(2)), NOW);

        assertThat(values)
                .extracting(IntensityValue::start)
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-02-03T12:00:00Z",
                        "2026-02-03T12:30:00Z",
                        "2026-02-03T13:00:00Z",
                        "2026-02-03T13:30:00Z",
                        "2026-02-03T14:00:00Z");
        assertThat(values).extracting(IntensityValue::measured).containsExactly(true, true, false, false, false);
        assertThat(values)
                .extracting(value -> value.intensity().microgramsPerKwh())
                .containsExactly(163_000_000L, 163_000_000L, 166_000_000L, 166_000_000L, 166_000_000L);
        assertThat(values)
                .extracting(IntensityValue::method)
                .startsWith("actual")
                .endsWith("forecast");
        assertThat(values).allSatisfy(value -> {
            assertThat(value.version()).isEqualTo(NOW);
            assertThat(Duration.between(value.start(), value.end())).isEqualTo(HALF_HOUR);
        });
        assertThat(server.questions().get(0).path()).isEqualTo("/intensity/2026-02-03T12:20Z/2026-02-03T14:20Z");
    }

    @Test
    void aRegionIsModelledAlsoInThePast() throws Exception {
        var values = source().read("GB-13", NOW.minus(Duration.ofHours(2)), NOW);

        assertThat(values).hasSize(5).allSatisfy(value -> {
            assertThat(value.measured()).isFalse();
            assertThat(value.intensity().microgramsPerKwh()).isEqualTo(166_000_000);
        });
        assertThat(server.questions().get(0).path())
                .isEqualTo("/regional/intensity/2026-02-03T12:20Z/2026-02-03T14:20Z/regionid/13");
    }

    @Test
    void aRegionInAListIsReadToo() throws Exception {
        server.first(Answer.json("{\"data\":[{\"regionid\":13,\"data\":[" + row(floor(NOW), true) + "]}]}"));

        assertThat(source().read("GB-13", floor(NOW), NOW)).hasSize(1);
    }

    @Test
    void forecastsReachTwoDays() throws Exception {
        for (var zone : List.of("GB", "GB-13")) {
            var forecast = source().forecast(zone).orElseThrow();

            assertThat(forecast.issued()).isEqualTo(NOW);
            assertThat(forecast.values().get(0).start()).isEqualTo("2026-02-03T14:00:00Z");
            assertThat(forecast.values()).hasSize(97);
        }
        assertThat(server.questions().get(1).path()).endsWith("/2026-02-03T14:20Z/fw48h/regionid/13");
    }

    @Test
    void valuesThatAreMissingOrCannotBeRightAreLeftOut() throws Exception {
        server.first(Answer.json("""
                {"data":[
                {"from":"2026-02-03T12:00Z","to":"2026-02-03T12:30Z","intensity":{"forecast":null,"actual":null}},
                {"from":"2026-02-03T12:30Z","to":"2026-02-03T13:00Z","intensity":{"forecast":0,"actual":null}},
                {"from":"2026-02-03T13:00Z","to":"2026-02-03T13:30Z","intensity":{"forecast":-1,"actual":null}}]}"""));
        var opened = open();

        var values = opened.source().read("GB", NOW.minus(Duration.ofHours(3)), NOW);

        assertThat(values).hasSize(1);
        assertThat(values.get(0).intensity().microgramsPerKwh()).isZero();
        assertThat(opened.refusals("GB")).contains("1 refused").contains("-1 g/kWh");
    }

    @Test
    void aRefusalIsInTheWordsOfTheService() {
        assertThatThrownBy(() -> source().read("GB", NOW.minus(Duration.ofDays(15)), NOW))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("Range above 14 days");
    }

    @Test
    void itsSeriesIsThatOfDirectEmissions() {
        assertThat(open().feed().series()).isEqualTo("average-direct");

        settings.put(FeedConfig.SERIES, "average-lifecycle");
        assertThatThrownBy(this::open).hasMessageContaining("for another signal");
    }

    @Test
    void zonesThatTheServiceDoesNotHaveAreNamed() {
        settings.put(FeedConfig.ZONES, "GB,GB-17,GB-18,GB-0,London=GB-13,13=GB-14,FR");

        assertThatThrownBy(this::open)
                .hasMessageContaining("has GB-18")
                .hasMessageContaining("has GB-0")
                .hasMessageContaining("has London")
                .hasMessageContaining("has 13")
                .hasMessageContaining("has FR,")
                .hasMessageNotContaining("has GB-17");
    }

    /** What the service really sent, on 24 May 2020. */
    @Test
    void realAnswersAreRead() throws Exception {
        var fixture = Golden.root()
                .resolve("../shared/data/real/fixtures/uk_carbon_intensity_api/intensity_fw24h_2020-05-24.json");
        assumeTrue(Files.exists(fixture), "No recorded answers of the UK Carbon Intensity API here");
        var text = Files.readString(fixture);
        server.serve(question -> Answer.json(text));
        var then = Instant.parse("2020-05-24T20:50:00Z");
        var source = OpenedSource.of(new UkCarbonIntensityProvider(), settings, () -> then)
                .source();

        var forecast = source.forecast("GB").orElseThrow();

        assertThat(forecast.values()).hasSize(49);
        assertThat(forecast.values().get(0).intensity().microgramsPerKwh()).isEqualTo(146_000_000);
        assertThat(source.read("GB", then.minus(HALF_HOUR), then))
                .extracting(IntensityValue::measured)
                .containsExactly(false);
    }

    private OpenedSource open() {
        return OpenedSource.of(new UkCarbonIntensityProvider(), settings, () -> NOW);
    }
}
