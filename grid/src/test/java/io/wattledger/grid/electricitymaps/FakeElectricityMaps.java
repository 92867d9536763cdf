package io.wattledger.grid.electricitymaps;

import static java.util.stream.Collectors.joining;

import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Answers as Electricity Maps does, for one zone, of the hours that a test puts in. */
final class FakeElectricityMaps {
    static final String TOKEN = "em-token";
    static final String ZONE = "DE";

    private final Map<Instant, String> rows = new TreeMap<>();
    private final Instant now;
    private String granularity = "hourly";

    FakeElectricityMaps(FeedServer server, Instant now) {
        this.now = now;
        server.serve(this::answer);
    }

    /** How the answers call their granularity; empty to leave it out. */
    void granularity(String name) {
        granularity = name;
    }

    /** @param intensity a number, or {@code null} */
    void put(Instant start, String intensity, boolean estimated, Instant updated) {
        put(start, """
                {"zone":"%s","carbonIntensity":%s,"datetime":"%s","updatedAt":"%s","createdAt":"%s",\
                "emissionFactorType":"lifecycle","isEstimated":%s,"estimationMethod":%s}""".formatted(
                        ZONE,
                        intensity,
                        start,
                        updated,
                        start.minus(Duration.ofDays(3)),
                        estimated,
                        estimated ? "\"TIME_SLICER_AVERAGE\"" : "null"));
    }

    void put(Instant start, String row) {
        rows.put(start, row);
    }

    private Answer answer(Question question) {
        var query = question.query();
        if (!TOKEN.equals(question.headers().get("auth-token"))) {
            return Answer.of(401, "{\"status\":\"error\",\"message\":\"Invalid auth-token\"}");
        }
        if (!"true".equals(query.get("disableCallerLookup")) || !ZONE.equals(query.get("zone"))) {
            return Answer.of(400, "{\"error\":\"Zone '" + query.get("zone") + "' does not exist\"}");
        }
        var parts = List.of(question.path().split("/"));
        var endpoint = parts.get(parts.size() - 1);
        var signal = parts.get(parts.size() - 2);
        return switch (signal) {
            case "carbon-intensity" -> intensity(endpoint, query);
            case "power-breakdown" -> shares("\"fossilFreePercentage\":41,\"renewablePercentage\":40.06");
            case "renewable-energy" -> shares("\"unit\":\"%\",\"value\":40.06");
            case "carbon-free-energy" -> shares("\"unit\":\"%\",\"value\":41");
            default -> Answer.of(404, "{\"error\":\"Not found\"}");
        };
    }

    private Answer intensity(String endpoint, Map<String, String> query) {
        return switch (endpoint) {
            case "latest" -> Answer.json(rows.get(now.truncatedTo(ChronoUnit.HOURS)));
            case "history" -> list("history", now.minus(Duration.ofHours(24)), now);
            case "past-range" -> {
                var from = Instant.parse(query.get("start"));
                var to = Instant.parse(query.get("end"));
                yield Duration.between(from, to).compareTo(Duration.ofDays(10)) > 0
                        ? Answer.of(400, "{\"error\":\"Range longer than 10 days\"}")
                        : list("data", from, to);
            }
            case "forecast" -> Answer.json("""
                        {"zone":"DE","forecast":[{"carbonIntensity":298,"datetime":"2026-02-03T14:00:00.000Z"},
                        {"carbonIntensity":null,"datetime":"2026-02-03T15:00:00.000Z"},
                        {"carbonIntensity":276.5,"datetime":"2026-02-03T16:00:00.000Z"}],
                        "updatedAt":"2026-02-03T13:52:10.000Z","temporalGranularity":"hourly"}""");
            default -> Answer.of(404, "{}");
        };
    }

    private Answer list(String name, Instant from, Instant to) {
        var inside = rows.entrySet().stream()
                .filter(row -> !row.getKey().isBefore(from) && !row.getKey().isAfter(to))
                .map(Map.Entry::getValue)
                .collect(joining(","));
        return Answer.json("{\"zone\":\"DE\",\"" + name + "\":[" + inside + "]"
                + (granularity.isEmpty() ? "" : ",\"temporalGranularity\":\"" + granularity + "\"") + "}");
    }

    private Answer shares(String fields) {
        return Answer.json("{\"zone\":\"DE\",\"data\":["
                + Stream.of("2026-02-03T12:00:00.000Z", "2026-02-03T13:00:00.000Z")
                        .map(start -> "{\"datetime\":\"" + start + "\"," + fields + "}")
                        .collect(joining(","))
                + "]}");
    }
}
