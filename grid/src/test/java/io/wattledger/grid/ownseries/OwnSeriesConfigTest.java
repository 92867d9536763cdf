package io.wattledger.grid.ownseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.grid.feed.FeedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSeriesConfigTest {
    @Test
    void whatIsNeededIsEnough() {
        assertThat(problems(Series.at("series.csv").settings())).isEmpty();
        assertThat(problems(Map.of()))
                .filteredOn(problem -> problem.startsWith("Missing required configuration"))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("ownseries.location"))
                .anyMatch(problem -> problem.contains("ownseries.signal"))
                .anyMatch(problem -> problem.contains("ownseries.source"))
                .anyMatch(problem -> problem.contains("feed.zones"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "series.csv.gz",
                "/data/{zone}.JSON",
                "https://example.org/{zone}/series.json?year=2026#top",
                "http://example.org/a.csv"
            })
    void takesFilesAndAddresses(String location) {
        assertThat(problems(Series.at(location).settings())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ownseries.location | '' | a file or an address",
                "ownseries.location | series.txt | ownseries.format must be set",
                "ownseries.location | https://example.org/series | ownseries.format must be set",
                "ownseries.location | https://user:pw@example.org/a.csv | ownseries.http.headers is for credentials",
                "ownseries.location | https:///a.csv | an address with a host",
                "ownseries.location | https://example.org/a b.csv | write a space as %20",
                "ownseries.source | '' | ownseries.source",
                "ownseries.signal | average | average-lifecycle",
                "ownseries.format | xml | csv",
                "ownseries.csv.separator | ;; | one character, or tab",
                "ownseries.time.form | epoch | epoch-ms",
                "ownseries.time.field | '' | ownseries.time.field is empty",
                "ownseries.value.field | '' | ownseries.value.field is empty",
                "ownseries.time.offset | Berlin | must be an offset such as Z or +01:00",
                "ownseries.unit | lbs | lb/MWh",
                "ownseries.interval.ms | -1 | ownseries.interval.ms",
                "ownseries.bad.rows | ignore | skip",
                "ownseries.http.headers | X-Key: 1 | ownseries.location is a file",
                "feed.url | http://example.org | put the address into ownseries.location",
                "feed.zones | DE,FR | so that each gets its own values",
                "feed.series | marginal | is for another signal",
                "ownseries.time.zone | Z | Unknown setting ownseries.time.zone"
            })
    void saysWhatIsWrong(String key, String value, String message) {
        assertThat(problems(Series.at("series.csv").with(key, value).settings()))
                .singleElement()
                .asString()
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon s3cr3t", "X-Key:", "Host: s3cr3t", "If-None-Match: s3cr3t", "X Key: s3cr3t"})
    void refusesHeadersThatCannotBeSentWithoutShowingThem(String headers) {
        var series = Series.at("https://example.org/a.csv").with("ownseries.http.headers", "A: b\n" + headers);

        assertThat(problems(series.settings()))
                .singleElement()
                .asString()
                .contains("line 2 must be 'Name: value'")
                .doesNotContain("s3cr3t");
    }

    @Test
    void aRowIsMeasuredOrEstimatedNotBoth() {
        var series =
                Series.at("series.csv").with("ownseries.measured.field", "a").with("ownseries.estimated.field", "b");

        assertThat(problems(series.settings())).singleElement().asString().contains("not both");
    }

    @Test
    void directValuesDoNotGoIntoTheLifecycleSeries() {
        var series = Series.at("series.csv")
                .with("ownseries.signal", "production-direct")
                .with("feed.series", "average-lifecycle");

        assertThat(problems(series.settings())).singleElement().asString().contains(FeedConfig.SERIES);
    }

    @Test
    void headersAreSecret() {
        assertThat(new OwnSeriesSourceConnector().config().configKeys().get("ownseries.http.headers").type)
                .isEqualTo(ConfigDef.Type.PASSWORD);
    }

    private static List<String> problems(Map<String, String> settings) {
        var problems = new ArrayList<String>();
        new OwnSeriesSourceConnector()
                .validate(settings)
                .configValues()
                .forEach(value -> problems.addAll(value.errorMessages()));
        return problems;
    }
}
