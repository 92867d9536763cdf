package io.wattledger.grid.entsoe;

import static io.wattledger.grid.entsoe.EntsoePlatform.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedQuotaException;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.GridIntensitySourceContract;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntsoeSourceTest extends GridIntensitySourceContract {
    private static final Instant NOW = Instant.parse("2026-02-03T14:20:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final FeedServer server = FeedServer.start();
    private final EntsoePlatform platform = EntsoePlatform.on(server, NOW);
    private final GridIntensitySource source = open(Map.of());

    @AfterEach
    void close() throws Exception {
        source.close();
        server.close();
    }

    @Override
    protected GridIntensitySource source() {
        return source;
    }

    @Override
    protected String key() {
        return "NL";
    }

    @Override
    protected Instant now() {
        return NOW;
    }

    @Override
    protected void breakDown() {
        server.serve(question -> Answer.of(503, "<html>Service Unavailable</html>"));
    }

    @Test
    void givesTheIntensityOfTheMix() throws Exception {
        var values = read(NOW.minus(DAY), NOW);
        // From 14:15 of the day before, within which the range begins, to 13:00, by quarters of an hour.
        assertThat(values).hasSize(91);
        assertThat(values).allSatisfy(value -> {
            assertThat(value.intensity()).isEqualTo(new CarbonIntensity(130_750_000));
            assertThat(value.renewableThousandths()).isEqualTo(750);
            assertThat(value.version()).isEqualTo(NOW.plusMillis(1));
            assertThat(value.method()).startsWith("generation mix by ipcc-ar5-2014 ");
        });
        assertThat(values.get(0).start()).isEqualTo(Instant.parse("2026-02-02T14:15:00Z"));
        assertThat(values.get(90).end()).isEqualTo(Instant.parse("2026-02-03T13:00:00Z"));
    }

    @Test
    void asksForTheAreaByItsCodeWithTheDayBefore() throws Exception {
        read(NOW.minus(DAY), NOW);
        assertThat(server.questions()).hasSize(1);
        assertThat(server.questions().get(0).query())
                .containsEntry("documentType", "A75")
                .containsEntry("processType", "A16")
                .containsEntry("in_Domain", EntsoePlatform.NETHERLANDS)
                .containsEntry("periodStart", "202602011400")
                .containsEntry("periodEnd", "202602031500");
        assertThat(source.read(EntsoePlatform.NETHERLANDS, NOW.minus(DAY), NOW)).hasSize(91);
    }

    @Test
    void isMeasuredOnceItIsSettled() throws Exception {
        assertThat(read(NOW.minus(DAY.multipliedBy(3)), NOW.minus(DAY.multipliedBy(2))))
                .isNotEmpty()
                .allMatch(IntensityValue::measured);
        assertThat(read(NOW.minus(DAY.dividedBy(2)), NOW)).isNotEmpty().noneMatch(IntensityValue::measured);
        try (var hasty = open(Map.of(EntsoeProvider.MEASURED_AFTER, "0"))) {
            assertThat(hasty.read("NL", NOW.minus(DAY), NOW)).isNotEmpty().allMatch(IntensityValue::measured);
        }
    }

    @Test
    void readsPageByPageWhereThereIsTooMuchForOneAnswer() throws Exception {
        platform.hasOneDocumentAnHour(true);
        assertThat(read(NOW.minus(DAY.multipliedBy(9)), NOW)).hasSize(859).doesNotHaveDuplicates();
        // The whole, and 238 + 1 documents by hundreds.
        assertThat(server.questions())
                .extracting(question -> question.query().get("offset"))
                .containsExactly(null, "0", "100", "200");
    }

    @Test
    void readsInHalvesWhereThereAreNoPages() throws Exception {
        var whole = read(NOW.minus(DAY.multipliedBy(9)), NOW);
        platform.hasOneDocumentAnHour(false);
        assertThat(read(NOW.minus(DAY.multipliedBy(9)), NOW)).isEqualTo(whole);
    }

    @Test
    void givesUpWhereASingleHourIsTooMuch() {
        server.serve(question -> acknowledgement(400, "The amount of requested data exceeds allowed limit."));
        assertThatThrownBy(() -> read(NOW.minus(Duration.ofHours(1)), NOW))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("than it answers at once (The amount of requested data exceeds allowed limit.)");
    }

    @Test
    void nothingIsAnEmptyListWhateverTheStatus() throws Exception {
        for (int status : new int[] {200, 400}) {
            server.serve(question -> acknowledgement(status, "No matching data found for Data item X"));
            assertThat(read(NOW.minus(DAY), NOW)).isEmpty();
        }
    }

    @Test
    void aWrongTokenIsRefusedAndNotShown() throws Exception {
        try (var wrong = open(Map.of(EntsoeProvider.TOKEN, "not the token"))) {
            assertThatThrownBy(() -> wrong.read("NL", NOW.minus(DAY), NOW))
                    .isInstanceOf(FeedRefusedException.class)
                    .hasMessageContaining("check the credentials")
                    .satisfies(e -> assertThat(e.getMessage().replace('+', ' ')).doesNotContain("not the token"));
        }
    }

    @Test
    void anAreaThatThePlatformDoesNotTakeIsRefusedWithItsWords() {
        assertThatThrownBy(() -> source.read("FR", NOW.minus(DAY), NOW))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("10YFR-RTE------C")
                .hasMessageContaining("Delivered in_Domain is not valid for this area.; check the zone");
        assertThatThrownBy(() -> source.read("US-CA", NOW.minus(DAY), NOW))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessageContaining("No EIC code is known of the zone 'US-CA'");
    }

    @Test
    void anAnswerThatIsNotWholeIsUnavailable() {
        for (var bad : List.of(
                Answer.of(200, "<GL_MarketDocument><TimeSeries>"),
                Answer.of(200, "<html>Maintenance</html>"),
                Answer.of(200, ""),
                Answer.of(200, "<GL_MarketDocument/>").thatIsCutOff(),
                Answer.of(500, "oops"),
                Answer.bytes(new byte[] {'P', 'K', 3, 4}))) {
            server.first(bad);
            assertThatThrownBy(() -> read(NOW.minus(DAY), NOW))
                    .isInstanceOf(FeedUnavailableException.class)
                    .hasMessageContaining(EntsoePlatform.NETHERLANDS);
        }
    }

    @Test
    void aSlowAnswerIsUnavailable() throws Exception {
        server.first(Answer.of(200, "<GL_MarketDocument/>").thatIsSlow());
        try (var impatient = open(Map.of(FeedConfig.REQUEST_TIMEOUT, "200"))) {
            assertThatThrownBy(() -> impatient.read("NL", NOW.minus(DAY), NOW))
                    .isInstanceOf(FeedUnavailableException.class)
                    .hasMessageContaining("within 200 ms")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(EntsoePlatform.TOKEN));
        }
    }

    @Test
    void tooManyRequestsAreAQuota() {
        server.first(Answer.of(429, "Too many requests").with("Retry-After", "600"));
        assertThatThrownBy(() -> read(NOW.minus(DAY), NOW))
                .isInstanceOfSatisfying(
                        FeedQuotaException.class, e -> assertThat(e.until()).isEqualTo(NOW.plusSeconds(600)));
    }

    private List<IntensityValue> read(Instant from, Instant to) throws Exception {
        return source.read("NL", from, to).stream()
                .sorted(Comparator.comparing(IntensityValue::start))
                .toList();
    }

    private GridIntensitySource open(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                FeedConfig.ZONES,
                "NL",
                FeedConfig.URL,
                server.url() + "/api",
                EntsoeProvider.TOKEN,
                EntsoePlatform.TOKEN));
        settings.putAll(more);
        return OpenedSource.of(new EntsoeProvider(), settings, () -> NOW).source();
    }
}
