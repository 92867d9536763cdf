package io.wattledger.grid.electricitymaps;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.Forecast;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.IntensityCheck;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Reads answers of {@code carbon-intensity}. */
final class IntensityAnswers {
    private static final String INTENSITY = "carbonIntensity";
    private static final String START = "datetime";
    private static final String UPDATED = "updatedAt";

    private final IntensityCheck check;
    private final String factors;

    /** @param factors the emission factors that were asked for */
    IntensityAnswers(IntensityCheck check, String factors) {
        this.check = check;
        this.factors = factors;
    }

    /** Of each interval the newest version; {@code now} is the version of what has none. */
    Collection<IntensityValue> values(String key, JsonNode answer, Instant now) throws FeedUnavailableException {
        var rows = rows(answer);
        var length = length(answer, rows);
        var values = new TreeMap<Instant, IntensityValue>();
        checkEcho(key, answer);
        for (var row : rows) {
            checkEcho(key, row);
            var start = JsonFields.requiredMoment(row, START);
            var intensity = check.of(key, start, JsonFields.number(row, INTENSITY));
            if (intensity.isPresent()) {
                var value = new IntensityValue(
                        start,
                        start.plus(length),
                        intensity.get(),
                        // Where it is not said, nobody has said that it was measured.
                        !row.path("isEstimated").asBoolean(true),
                        JsonFields.text(row, "estimationMethod"),
                        Objects.requireNonNullElse(JsonFields.moment(row, UPDATED), now));
                values.merge(start, value, (one, other) -> other.version().isAfter(one.version()) ? other : one);
            }
        }
        return values.values();
    }

    /** Empty where there is no value in it. */
    Optional<Forecast> forecast(String key, JsonNode answer, Instant now) throws FeedUnavailableException {
        var rows = rows(answer);
        var length = length(answer, rows);
        var values = new TreeMap<Instant, ForecastValue>();
        checkEcho(key, answer);
        for (var row : rows) {
            var start = JsonFields.requiredMoment(row, START);
            check.of(key, start, JsonFields.number(row, INTENSITY))
                    .ifPresent(intensity -> values.put(start, new ForecastValue(start, start.plus(length), intensity)));
        }
        var issued = Objects.requireNonNullElse(JsonFields.moment(answer, UPDATED), now);
        return values.isEmpty() ? Optional.empty() : Optional.of(new Forecast(issued, List.copyOf(values.values())));
    }

    /** Whichever the endpoint calls its list; the answer itself where it is one row. */
    static List<JsonNode> rows(JsonNode answer) {
        var rows = new ArrayList<JsonNode>();
        for (var name : List.of("history", "data", "forecast")) {
            answer.path(name).forEach(rows::add);
        }
        return answer.has(START) ? List.of(answer) : rows;
    }

    /**
     * The length of the intervals, which may be longer than was asked for. Answers of older versions do not name it: it is
     * an hour then, or what lies between two rows where that is less.
     */
    private static Duration length(JsonNode answer, List<JsonNode> rows) throws FeedUnavailableException {
        var name = JsonFields.text(answer, "temporalGranularity");
        if (name == null) {
            return shortestStep(rows);
        }
        return Granularity.of(name)
                .map(Granularity::length)
                .orElseThrow(() -> new FeedUnavailableException(
                        "The answer has the temporal granularity '" + name
                                + "', which is not known; nothing of it is used",
                        null));
    }

    private static Duration shortestStep(List<JsonNode> rows) throws FeedUnavailableException {
        var starts = new ArrayList<Instant>();
        for (var row : rows) {
            starts.add(JsonFields.requiredMoment(row, START));
        }
        starts.sort(null);
        var shortest = Granularity.HOURS.length();
        for (int i = 1; i < starts.size(); i++) {
            var step = Duration.between(starts.get(i - 1), starts.get(i));
            if (!step.isZero() && step.compareTo(shortest) < 0) {
                shortest = step;
            }
        }
        return shortest;
    }

    private void checkEcho(String key, JsonNode object) throws FeedUnavailableException {
        checkEcho(object, "zone", key);
        checkEcho(object, "emissionFactorType", factors);
    }

    private static void checkEcho(JsonNode object, String field, String asked) throws FeedUnavailableException {
        var answered = JsonFields.text(object, field);
        if (answered != null && !answered.equals(asked)) {
            throw new FeedUnavailableException(
                    "Asked for " + field + " " + asked + " and was answered for " + answered
                            + "; nothing of it is used, check the zones and the contract",
                    null);
        }
    }
}
