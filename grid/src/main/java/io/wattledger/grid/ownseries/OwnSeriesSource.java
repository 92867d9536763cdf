package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedZone;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.IntensityValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads series of a file or an address. What has begun is what was, what has not is the forecast. */
final class OwnSeriesSource implements GridIntensitySource {
    private static final Duration LONGEST_RANGE = Duration.ofDays(366);
    /** What is further ahead than this is no forecast of the electricity grid. */
    private static final Duration HORIZON = Duration.ofDays(14);

    private final FeedTools tools;
    private final Map<String, Document> documents;

    OwnSeriesSource(OwnSeriesConfig config, FeedTools tools) {
        this.tools = tools;
        var http = tools.http(secrets(config));
        this.documents = tools.feed().zones().stream()
                .map(FeedZone::key)
                .distinct()
                .collect(Collectors.groupingBy(key -> located(config.location(), key)))
                .entrySet()
                .stream()
                .flatMap(found -> {
                    var location = location(found.getKey(), config, http);
                    var document = new Document(config, tools, location, found.getValue());
                    return found.getValue().stream().map(key -> Map.entry(key, document));
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A header's value, and its last word: the token without what kind it is. */
    private static List<String> secrets(OwnSeriesConfig config) {
        return config.headers().values().stream()
                .flatMap(value -> Stream.of(value, value.substring(value.lastIndexOf(' ') + 1)))
                .toList();
    }

    private static String located(String location, String key) {
        var name = OwnSeriesConfig.isAddress(location)
                ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20")
                : key;
        return location.replace(OwnSeriesConfig.ZONE_MARK, name);
    }

    private Location location(String location, OwnSeriesConfig config, FeedHttp http) {
        return OwnSeriesConfig.isAddress(location)
                ? new HttpLocation(URI.create(location), config.headers(), http, tools.clock())
                : new FileLocation(Path.of(location));
    }

    @Override
    public List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException {
        var begun = tools.clock().instant().plusNanos(1);
        return timeline(key).between(from, to.isBefore(begun) ? to : begun);
    }

    @Override
    public Optional<Forecast> forecast(String key) throws FeedException, InterruptedException {
        var now = tools.clock().instant();
        var ahead = timeline(key).between(now, now.plus(HORIZON)).stream()
                .filter(value -> value.start().isAfter(now))
                .toList();
        return ahead.stream()
                .map(IntensityValue::version)
                .max(Comparator.naturalOrder())
                .map(issued -> new Forecast(
                        issued,
                        ahead.stream()
                                .map(value -> new ForecastValue(value.start(), value.end(), value.intensity()))
                                .toList()));
    }

    private Timeline timeline(String key) throws FeedException, InterruptedException {
        var document = documents.get(key);
        if (document == null) {
            throw new IllegalArgumentException("Not a zone of this source: " + key);
        }
        return document.timeline(key);
    }

    @Override
    public Duration longestRange() {
        return LONGEST_RANGE;
    }
}
