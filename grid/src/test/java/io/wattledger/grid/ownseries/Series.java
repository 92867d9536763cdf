package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of a series for tests, and its source. */
final class Series {
    /** The time of the source's clock; a test may move it. */
    Instant now = Instant.parse("2026-02-03T14:00:00Z");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "ownseries.source", "the utility",
            "ownseries.signal", "average-lifecycle",
            "feed.zones", "DE"));

    static Series at(Object location) {
        return new Series().with("ownseries.location", location.toString());
    }

    Series with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    OpenedSource open() {
        return OpenedSource.of(new OwnSeriesProvider(), settings, () -> now);
    }

    /** All values of a zone so far. */
    static List<IntensityValue> all(OpenedSource opened, String key) throws Exception {
        return opened.source().read(key, Instant.parse("1990-01-01T00:00:00Z"), Instant.parse("2200-01-01T00:00:00Z"));
    }

    /** Start, end and value in g/kWh. */
    static List<String> shown(List<IntensityValue> values) {
        return values.stream()
                .map(value -> value.start() + " " + value.end() + " "
                        + value.intensity().gramsPerKwh())
                .toList();
    }
}
