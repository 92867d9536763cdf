package io.wattledger.grid.watttime;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.IntensityUnit;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedRefusedException;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.IntensityCheck;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What WattTime answered: points in steps, each the rate of the step that begins with it.
 *
 * @param method signal and model, for the records
 * @param step length of every interval
 * @param generatedAt when a forecast was made; empty where it is none
 * @param points those with a value, in the order of the answer
 */
record Answer(String method, Duration step, Optional<Instant> generatedAt, List<Point> points) {
    private static final String UNITS = "lbs_co2_per_mwh";
    private static final int LONGEST_STEP_SECONDS = 86_400;
    private static final int SHOWN = 200;

    /**
     * One point.
     *
     * @param updated when WattTime changed it last; empty where it does not say
     */
    record Point(Instant start, CarbonIntensity intensity, Optional<Instant> updated) {}

    /**
     * Reads an answer and makes sure that it is to the question. A point that cannot be right is left out and told to the
     * check, one that is null is left out.
     *
     * @throws FeedRefusedException when it is of another region, signal, unit or model
     * @throws FeedUnavailableException when it is not of the form that WattTime's answers have
     */
    static Answer of(JsonNode json, String region, WattTimeSignal signal, LocalDate model, IntensityCheck check)
            throws FeedException {
        var meta = json.path("meta");
        if (!meta.isObject() || !json.path("data").isArray()) {
            throw malformed(region, "data and meta", json);
        }
        expect("region", region, meta.path("region"), region);
        expect("signal_type", signal.type(), meta.path("signal_type"), region);
        expect("units", UNITS, meta.path("units"), region);
        expect("model.date", model.toString(), meta.path("model").path("date"), region);
        int seconds = meta.path("data_point_period_seconds").asInt();
        if (seconds <= 0 || seconds > LONGEST_STEP_SECONDS) {
            throw malformed(region, "seconds in meta.data_point_period_seconds", meta);
        }
        var points = new ArrayList<Point>();
        for (var point : json.path("data")) {
            point(point, region, check).ifPresent(points::add);
        }
        var type = meta.path("model").path("type").asText("");
        var method = signal.type() + " model " + model + (type.isEmpty() ? "" : " " + type);
        return new Answer(method, Duration.ofSeconds(seconds), time(meta.path("generated_at")), points);
    }

    private static void expect(String member, String expected, JsonNode found, String region)
            throws FeedRefusedException {
        var text = found.asText("");
        if (!text.equalsIgnoreCase(expected)) {
            throw new FeedRefusedException(
                    "WattTime's answer for " + region + " has "
                            + (text.isEmpty() ? "no " + member : member + " " + text)
                            + " instead of " + expected + " and is not used; check " + FeedConfig.ZONES + ", "
                            + WattTimeConfig.SIGNAL + " and " + WattTimeConfig.MODEL,
                    0,
                    "");
        }
    }

    private static Optional<Point> point(JsonNode point, String region, IntensityCheck check) {
        var start = time(point.path("point_time"));
        var value = point.path("value");
        if (value.isNull()) {
            return Optional.empty();
        }
        if (start.isEmpty() || !value.isNumber()) {
            check.refuse(region, shown(point) + ", must have point_time and a number as value");
            return Optional.empty();
        }
        return check.of(region, start.get(), gramsPerKwh(value.decimalValue()))
                .map(intensity -> new Point(start.get(), intensity, time(point.path("last_updated"))));
    }

    private static BigDecimal gramsPerKwh(BigDecimal pounds) {
        return IntensityUnit.POUND_PER_MEGAWATT_HOUR.gramsPerKwh(pounds);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asText("")).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static FeedUnavailableException malformed(String region, String expected, JsonNode found) {
        return new FeedUnavailableException(
                "WattTime's answer for " + region + " does not have " + expected + ": " + shown(found), null);
    }

    private static String shown(JsonNode json) {
        var text = json.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
