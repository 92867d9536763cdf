package io.wattledger.grid.entsoe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.grid.feed.FeedConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntsoeSourceConnectorTest {
    private final EntsoeSourceConnector connector = new EntsoeSourceConnector();

    @Test
    void takesZonesAndAToken() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of(FeedConfig.ZONES, "NL,10YFR-RTE------C=FR,10YDK-1--------W=DK-DK1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "feed.series|average-lifecycle|which is for another signal than these settings read (production-lifecycle)",
                "feed.series|average-direct|for another signal",
                "feed.series|marginal|for another signal",
                "feed.zones|NL,US-CA|No EIC code is known of the zone 'US-CA'",
                "feed.zones|10YFR-RTE------D=FR|has a typing error",
                "entsoe.token|none|Missing required configuration \"entsoe.token\"",
                "entsoe.token|' '|entsoe.token is empty",
                "entsoe.factors|ipcc|entsoe.factors",
                "entsoe.factors.file|/no/such/file.csv|Cannot be read",
                "entsoe.measured.after.ms|-1|entsoe.measured.after.ms",
                "entsoe.measured.after|1|Unknown setting entsoe.measured.after"
            })
    void saysWhatIsWrong(String setting, String value, String message) {
        var settings = new HashMap<String, String>();
        settings.put(setting, value);
        assertThat(problems(settings)).singleElement().asString().contains(message);
    }

    @Test
    void takesASeriesNamedAfterItsSignal() {
        assertThat(problems(
                        Map.of(FeedConfig.SERIES, "production-lifecycle-unece", EntsoeProvider.FACTORS, "unece-2021")))
                .isEmpty();
    }

    private List<String> problems(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "name",
                "entsoe",
                "connector.class",
                EntsoeSourceConnector.class.getName(),
                FeedConfig.ZONES,
                "NL",
                EntsoeProvider.TOKEN,
                EntsoePlatform.TOKEN));
        settings.putAll(more);
        settings.values().removeIf(value -> value == null);
        return connector.validate(settings).configValues().stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();
    }
}
