package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.IntensityValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one signal of one model, by region. */
final class WattTimeSource implements GridIntensitySource {
    /** WattTime takes 32 days at once; its end is inclusive, and a range may begin within a step. */
    private static final Duration LONGEST_RANGE = Duration.ofDays(31);

    private static final long USUAL_STEP_SECONDS = 300;
    private static final String HORIZON_HOURS = "72";

    private final WattTimeConfig config;
    private final FeedTools tools;
    private final WattTimeClient client;

    WattTimeSource(WattTimeConfig config, FeedTools tools) {
        this.config = config;
        this.tools = tools;
        this.client = new WattTimeClient(config, tools);
    }

    @Override
    public List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException {
        var now = tools.clock().instant();
        if (from.isAfter(now)) {
            return List.of();
        }
        var start = from.minusSeconds(Math.floorMod(from.getEpochSecond(), USUAL_STEP_SECONDS));
        var answer = ask("/v3/historical", key, Map.of("start", whole(start), "end", whole(to)));
        var values = new HashMap<Instant, IntensityValue>();
        for (var point : answer.points()) {
            var value = new IntensityValue(
                    point.start(),
                    point.start().plus(answer.step()),
                    point.intensity(),
                    false,
                    answer.method(),
                    point.updated().orElse(now));
            if (value.end().isAfter(from)
                    && value.start().isBefore(to)
                    && !value.start().isAfter(now)) {
                values.merge(value.start(), value, WattTimeSource::later);
            }
        }
        return List.copyOf(values.values());
    }

    private static IntensityValue later(IntensityValue one, IntensityValue other) {
        return other.version().isBefore(one.version()) ? one : other;
    }

    private static String whole(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public Optional<Forecast> forecast(String key) throws FeedException, InterruptedException {
        var answer = ask("/v3/forecast", key, Map.of("horizon_hours", HORIZON_HOURS));
        var issued = answer.generatedAt()
                .orElseThrow(() -> new FeedUnavailableException(
                        "WattTime's forecast for " + key + " does not say when it was made (meta.generated_at)", null));
        var values = new LinkedHashMap<Instant, ForecastValue>();
        for (var point : answer.points()) {
            values.put(
                    point.start(),
                    new ForecastValue(point.start(), point.start().plus(answer.step()), point.intensity()));
        }
        return Optional.of(new Forecast(issued, List.copyOf(values.values())));
    }

    private Answer ask(String path, String region, Map<String, String> parameters)
            throws FeedException, InterruptedException {
        var all = new LinkedHashMap<>(parameters);
        all.put("region", region);
        all.put("signal_type", config.signal().type());
        all.put("model", config.model().toString());
        return Answer.of(client.ask(path, all), region, config.signal(), config.model(), tools.check());
    }

    @Override
    public Duration longestRange() {
        return LONGEST_RANGE;
    }
}
