package io.wattledger.grid.watttime;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.OpenedSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WattTimeConfigTest {
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "feed.zones", "CAISO_NORTH=US-CAL-CISO,PJM_CHICAGO=US-MIDA-PJM",
            "watttime.username", "we",
            "watttime.password", "s3cr3t",
            "watttime.model", "2023-03-01"));

    @ParameterizedTest
    @CsvSource({
        "co2_moer, '', marginal-2023-03-01",
        "co2_aoer, '', average-direct-2023-03-01",
        "co2_moer, marginal-west-2023-03-01, marginal-west-2023-03-01"
    })
    void theSeriesNamesSignalAndModel(String signal, String series, String name) {
        settings.put("watttime.signal", signal);
        settings.put(FeedConfig.SERIES, series);

        assertThat(problems()).isEmpty();
        assertThat(OpenedSource.of(new WattTimeProvider(), settings, InstantSource.system())
                        .feed()
                        .series())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feed.series | average-lifecycle-2023-03-01 | is for another signal than these settings read (marginal)",
                "feed.series | marginal | must end with the date of the model (2023-03-01)",
                "feed.series | marginal-2022-10-01 | values of two models are never mixed",
                "watttime.signal | health_damage | is damage in dollars and no carbon intensity",
                "watttime.signal | moer | must be co2_moer or co2_aoer",
                "watttime.model | latest | must be the date of a model, such as 2023-03-01",
                "watttime.username | '' | watttime.username",
                "watttime.password | '' | must not be empty",
                "watttime.token | x | Unknown setting watttime.token",
                "feed.requests.per.hour | 10 | 2 zones need at least"
            })
    void saysWhatIsWrong(String key, String value, String message) {
        settings.put(key, value);

        assertThat(problems()).singleElement().asString().contains(message).doesNotContain("s3cr3t");
    }

    @Test
    void averageLifecycleTakesNoneOfItsSignals() {
        for (var signal : List.of("co2_moer", "co2_aoer")) {
            settings.put("watttime.signal", signal);
            settings.put("feed.series", "average-lifecycle");

            assertThat(problems()).anyMatch(problem -> problem.contains("is for another signal"));
        }
    }

    @Test
    void thePasswordIsSecret() {
        assertThat(new WattTimeSourceConnector().config().configKeys().get("watttime.password").type)
                .isEqualTo(ConfigDef.Type.PASSWORD);
    }

    private List<String> problems() {
        var problems = new ArrayList<String>();
        new WattTimeSourceConnector()
                .validate(settings)
                .configValues()
                .forEach(value -> problems.addAll(value.errorMessages()));
        return problems;
    }
}
