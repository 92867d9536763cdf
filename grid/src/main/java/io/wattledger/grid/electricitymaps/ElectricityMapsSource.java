package io.wattledger.grid.electricitymaps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedHttp;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.IntensityValue;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Electricity Maps. */
final class ElectricityMapsSource implements GridIntensitySource {
    private static final Logger LOG = LoggerFactory.getLogger(ElectricityMapsSource.class);

    /** What {@code history} goes back. */
    private static final Duration HISTORY = Duration.ofHours(24);

    private static final Duration LONGEST_RANGE = Duration.ofDays(10);
    private static final String CARBON_INTENSITY = "carbon-intensity";

    private final FeedHttp http;
    private final InstantSource clock;
    private final IntensityAnswers answers;
    private final String base;
    private final Map<String, String> token;
    private final boolean v3;
    private final String factors;
    private final boolean flowTraced;
    private final String granularity;
    private final boolean history;
    private final boolean shares;
    private final int forecastHours;
    private String lastShareFailure = "";

    ElectricityMapsSource(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        var secret = settings.getPassword(ElectricityMapsProvider.TOKEN).value().strip();
        var version = settings.getString(ElectricityMapsProvider.VERSION);
        this.http = tools.http(List.of(secret));
        this.clock = tools.clock();
        this.base = feed.url() + "/" + version + "/";
        this.token = Map.of("auth-token", secret);
        this.v3 = version.equals(ElectricityMapsProvider.V3);
        this.factors = settings.getString(ElectricityMapsProvider.FACTORS);
        this.flowTraced = settings.getBoolean(ElectricityMapsProvider.FLOW_TRACED);
        this.granularity = settings.getString(ElectricityMapsProvider.GRANULARITY);
        this.history = settings.getBoolean(ElectricityMapsProvider.HISTORY);
        this.shares = settings.getBoolean(ElectricityMapsProvider.SHARES);
        this.forecastHours = settings.getInt(ElectricityMapsProvider.FORECAST_HOURS);
        this.answers = new IntensityAnswers(tools.check(), factors);
    }

    @Override
    public Duration longestRange() {
        return LONGEST_RANGE;
    }

    @Override
    public List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException {
        var now = clock.instant();
        if (!from.isBefore(now) || (!history && to.isBefore(now))) {
            return List.of();
        }
        var asked = history ? pastQuestion(from, to, now) : new Question("latest", Map.of());
        var values = answers.values(key, ask(CARBON_INTENSITY, asked, key), now).stream()
                .filter(value -> value.start().isBefore(to) && value.end().isAfter(from))
                .filter(value -> !value.start().isAfter(now))
                .toList();
        return shares && !values.isEmpty() ? withShares(key, asked, values) : values;
    }

    @Override
    public Optional<Forecast> forecast(String key) throws FeedException, InterruptedException {
        var asked = new Question("forecast", Map.of("horizonHours", Integer.toString(forecastHours)));
        return answers.forecast(key, ask(CARBON_INTENSITY, asked, key), clock.instant());
    }

    /** The end of an address and its parameters, the same for all signals. */
    private record Question(String endpoint, Map<String, String> parameters) {}

    private static Question pastQuestion(Instant from, Instant to, Instant now) {
        return from.isBefore(now.minus(HISTORY))
                ? new Question("past-range", Map.of("start", from.toString(), "end", to.toString()))
                : new Question("history", Map.of());
    }

    /** The shares are an addition: what the service has not, or not now, leaves the values without them. */
    private List<IntensityValue> withShares(String key, Question asked, List<IntensityValue> values)
            throws InterruptedException {
        try {
            var found = v3
                    ? Shares.ofBreakdown(ask("power-breakdown", asked, key))
                    : Shares.ofSignals(ask("renewable-energy", asked, key), ask("carbon-free-energy", asked, key));
            return values.stream().map(found::addTo).toList();
        } catch (FeedException e) {
            var failure = String.valueOf(e.getMessage());
            if (!failure.equals(lastShareFailure)) {
                lastShareFailure = failure;
                LOG.warn("Values of {} are published without their renewable and carbon-free share: {}", key, failure);
            }
            return values;
        }
    }

    /** What the service has; nothing when it says that it has nothing. */
    private JsonNode ask(String signal, Question asked, String key) throws FeedException, InterruptedException {
        var query = new LinkedHashMap<String, String>();
        query.put("zone", key);
        query.putAll(asked.parameters());
        query.put("emissionFactorType", factors);
        query.put("flowTraced", Boolean.toString(flowTraced));
        query.put("temporalGranularity", granularity);
        query.put("disableCallerLookup", "true");
        var text = query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(joining("&"));
        try {
            return http.json(URI.create(base + signal + "/" + asked.endpoint() + "?" + text), token);
        } catch (FeedRefusedException e) {
            if (e.status() == 404) {
                return MissingNode.getInstance();
            }
            throw e;
        }
    }
}
