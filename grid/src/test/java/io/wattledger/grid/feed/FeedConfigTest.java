package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedConfigTest {
    @Test
    void theSeriesOfBuiltInForecastsIsNobodyElses() {
        assertThatThrownBy(() -> feed(Map.of(FeedConfig.SERIES, "wattledger:average-lifecycle")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("wattledger:average-lifecycle", "kept for the forecasts");
    }

    @Test
    void zonesMayHaveAnotherNameAtTheSource() {
        var feed = feed(Map.of(FeedConfig.ZONES, "FR, CAISO_NORTH = US-CAL-CISO"));

        assertThat(feed.zones()).containsExactly(new FeedZone("FR", "FR"), new FeedZone("CAISO_NORTH", "US-CAL-CISO"));
        assertThat(feed.series()).isEqualTo("average-lifecycle");
        assertThat(feed.rereadDaysBack()).containsExactly(0, 7, 30, 90);
        assertThat(feed.name()).isEqualTo("fake");
    }

    @Test
    void nothingIsReadAgainWhenNoWindowIsNamed() {
        assertThat(feed(Map.of(FeedConfig.REREAD_DAYS_BACK, "")).rereadDaysBack())
                .isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var settings = Map.of(
                FeedConfig.ZONES,
                "FR,FR",
                FeedConfig.SLOT_LENGTH,
                "60000",
                FeedConfig.REREAD_DAYS_BACK,
                "1,soon",
                FeedConfig.URL,
                "ftp://example.org",
                "feed.zone",
                "DE",
                "fake.dirct",
                "true",
                "transforms.x.type",
                "not ours");

        assertThatThrownBy(() -> feed(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot start the feed fake")
                .hasMessageContaining("each zone once")
                .hasMessageContaining("a slot is 5, 15, 30 or 60 minutes long")
                .hasMessageContaining("must be whole days")
                .hasMessageContaining("http:// or https://")
                .hasMessageContaining("Unknown setting feed.zone")
                .hasMessageContaining("Unknown setting fake.dirct")
                .hasMessageNotContaining("transforms");
    }

    @ParameterizedTest
    @CsvSource({
        "true, average-lifecycle, false",
        "true, average-lifecycle-ours, false",
        "true, average-direct, true",
        "true, average-direct-ours, true",
        "true, marginal, false",
        "true, ours, true",
        "false, average-lifecycle, true",
        "false, average-direct, false",
        "false, production-lifecycle, false",
    })
    void aSeriesNamedAfterOneSignalTakesNoOther(String direct, String series, boolean allowed) {
        var settings = Map.of(FakeProvider.DIRECT, direct, FeedConfig.SERIES, series);

        if (allowed) {
            assertThat(feed(settings).series()).isEqualTo(series);
        } else {
            assertThatThrownBy(() -> feed(settings))
                    .hasMessageContaining("feed.series is " + series + ", which is for another signal")
                    .hasMessageContaining(direct.equals("true") ? "average-direct" : "average-lifecycle");
        }
    }

    @Test
    void withoutASeriesTheSignalNamesIt() {
        assertThat(feed(Map.of(FakeProvider.DIRECT, "true")).series()).isEqualTo("average-direct");
    }

    @Test
    void whoeverSubmitsAConnectorIsToldWhatIsWrong() {
        var wrong = FakeProvider.settings(Map.of(FakeProvider.DIRECT, "true", FeedConfig.SERIES, "average-lifecycle"));
        var unknown = FakeProvider.settings(Map.of("feed.zone", "DE"));
        var tooOften = FakeProvider.settings(Map.of(FeedConfig.REQUESTS_PER_HOUR, "10"));

        assertThat(errors(wrong).get(FeedConfig.SERIES)).hasSize(1);
        assertThat(errors(unknown).get("feed.zone")).containsExactly("Unknown setting feed.zone");
        assertThat(errors(tooOften).get(FeedConfig.REQUESTS_PER_HOUR).get(0))
                .contains("1 zones need at least 24")
                .contains(FeedConfig.POLL_INTERVAL);
        assertThat(errors(FakeProvider.settings(Map.of()))).isEmpty();
        assertThatThrownBy(() -> connector().start(tooOften)).isInstanceOf(ConfigException.class);
    }

    @Test
    void eachZoneIsOneTasksAndTheBudgetIsDividedWithThem() {
        var connector = connector();
        connector.start(
                FakeProvider.settings(Map.of(FeedConfig.ZONES, "A,b=B,C,D,E", FeedConfig.REQUESTS_PER_HOUR, "1000")));

        var tasks = connector.taskConfigs(2);

        assertThat(tasks).extracting(task -> task.get(FeedConfig.ZONES)).containsExactly("A,b=B,C", "D,E");
        assertThat(tasks)
                .extracting(task -> task.get(FeedConfig.REQUESTS_PER_HOUR))
                .containsExactly("600", "400");
        assertThat(connector.taskConfigs(99)).hasSize(5);
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @Test
    void noHourHasMoreRequestsThanItMay() {
        for (int perHour : List.of(1, 2, 7, 10, 60, 1_000)) {
            var budget = new RequestBudget(perHour);
            var start = Instant.parse("2026-02-03T14:00:00Z");
            var taken = new ArrayList<Instant>();
            for (long second = 0; second < 3 * 3_600; second++) {
                var now = start.plusSeconds(second);
                while (budget.take(now).isEmpty()) {
                    taken.add(now);
                }
            }
            for (var first : taken) {
                assertThat(taken)
                        .as("requests in the hour from %s of %s an hour", first, perHour)
                        .filteredOn(one -> !one.isBefore(first) && one.isBefore(first.plus(Duration.ofHours(1))))
                        .hasSizeLessThanOrEqualTo(perHour);
            }
            assertThat(taken.size()).isGreaterThan(2 * perHour);
        }
    }

    private static Map<String, List<String>> errors(Map<String, String> settings) {
        var errors = new HashMap<String, List<String>>();
        for (var value : connector().validate(settings).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }

    private static FeedConfig feed(Map<String, String> settings) {
        return FeedConfig.of(new FakeProvider(), FakeProvider.settings(settings));
    }

    private static FeedSourceConnector connector() {
        return new FeedSourceConnector(new FakeProvider()) {
            @Override
            public Class<? extends Task> taskClass() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
