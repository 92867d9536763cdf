package io.wattledger.grid.ukcarbonintensity;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.IntensityCheck;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.JsonFields;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the UK Carbon Intensity API. */
final class UkCarbonIntensitySource implements GridIntensitySource {
    private static final Duration LONGEST_RANGE = Duration.ofDays(14);
    private static final String FORECAST = "forecast";
    private static final String ACTUAL = "actual";

    /** Without seconds, which the service does not take. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

    private final FeedHttp http;
    private final InstantSource clock;
    private final IntensityCheck check;
    private final String base;

    /** A half hour of an answer. */
    private record HalfHour(Instant from, Instant to, JsonNode intensity) {}

    UkCarbonIntensitySource(FeedConfig feed, FeedTools tools) {
        this.http = tools.http(List.of());
        this.clock = tools.clock();
        this.check = tools.check();
        this.base = feed.url();
    }

    @Override
    public Duration longestRange() {
        return LONGEST_RANGE;
    }

    @Override
    public List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException {
        var now = clock.instant();
        if (!from.isBefore(now)) {
            return List.of();
        }
        var values = new TreeMap<Instant, IntensityValue>();
        for (var halfHour : ask(key, from, TIME.format(to))) {
            // The answer also has the half hour that ends at the start of the range, and ones to come.
            boolean asked = halfHour.from().isBefore(to) && halfHour.to().isAfter(from);
            if (asked && !halfHour.from().isAfter(now)) {
                value(key, halfHour, now).ifPresent(value -> values.put(value.start(), value));
            }
        }
        return List.copyOf(values.values());
    }

    private Optional<IntensityValue> value(String key, HalfHour halfHour, Instant now) throws FeedUnavailableException {
        var actual = number(key, halfHour, ACTUAL);
        if (actual.isPresent()) {
            return actual.map(
                    intensity -> new IntensityValue(halfHour.from(), halfHour.to(), intensity, true, ACTUAL, now));
        }
        return number(key, halfHour, FORECAST)
                .map(intensity -> new IntensityValue(halfHour.from(), halfHour.to(), intensity, false, FORECAST, now));
    }

    @Override
    public Optional<Forecast> forecast(String key) throws FeedException, InterruptedException {
        var now = clock.instant();
        var values = new TreeMap<Instant, ForecastValue>();
        for (var halfHour : ask(key, now, "fw48h")) {
            if (halfHour.to().isAfter(now)) {
                number(key, halfHour, FORECAST)
                        .ifPresent(intensity -> values.put(
                                halfHour.from(), new ForecastValue(halfHour.from(), halfHour.to(), intensity)));
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Forecast(now, List.copyOf(values.values())));
    }

    private Optional<CarbonIntensity> number(String key, HalfHour halfHour, String field)
            throws FeedUnavailableException {
        return check.of(key, halfHour.from(), JsonFields.number(halfHour.intensity(), field));
    }

    private List<HalfHour> ask(String key, Instant from, String until) throws FeedException, InterruptedException {
        var zone = UkZone.of(key);
        var range = TIME.format(from) + "/" + until;
        var path =
                zone.isNation() ? "/intensity/" + range : "/regional/intensity/" + range + "/regionid/" + zone.region();
        var data = http.json(URI.create(base + path), Map.of()).path("data");
        var halfHours = new ArrayList<HalfHour>();
        for (var row : zone.isNation() ? data : rowsOfRegion(data)) {
            halfHours.add(new HalfHour(
                    JsonFields.requiredMoment(row, "from"),
                    JsonFields.requiredMoment(row, "to"),
                    row.path("intensity")));
        }
        return halfHours;
    }

    /** The region is an object for ranges, and in a list of one otherwise. */
    private static JsonNode rowsOfRegion(JsonNode data) {
        return (data.isArray() ? data.path(0) : data).path("data");
    }
}
