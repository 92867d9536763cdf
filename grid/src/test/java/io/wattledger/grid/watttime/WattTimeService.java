package io.wattledger.grid.watttime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A local service that behaves as WattTime's API, version 3, does: login, tokens that expire, ranges, one region. */
final class WattTimeService implements AutoCloseable {
    static final String REGION = "CAISO_NORTH";
    static final String USERNAME = "we";
    static final String PASSWORD = "s3cr3t";
    private static final Duration STEP = Duration.ofMinutes(5);

    /** Units, signal and model that it claims; a test may make it lie. */
    final Map<String, String> claims = new TreeMap<>(
            Map.of("units", "lbs_co2_per_mwh", "signal_type", "co2_moer", "region", REGION, "model", "2023-03-01"));

    /** The time of the service; a test may move it. */
    Instant now = Instant.parse("2026-02-03T14:02:00Z");

    private final FeedServer server = FeedServer.start();
    private final List<String> tokens = new ArrayList<>();

    WattTimeService() {
        server.serve(this::answer);
    }

    FeedServer server() {
        return server;
    }

    /** No token it has given is good any more. */
    void forgetTokens() {
        tokens.clear();
    }

    long asked(String path) {
        return server.questions().stream()
                .filter(question -> question.path().equals(path))
                .count();
    }

    private Answer answer(Question question) {
        var authorization = question.headers().getOrDefault("authorization", "");
        if (question.path().equals("/login")) {
            return login(authorization);
        }
        if (!tokens.contains(authorization)) {
            return Answer.of(401, "{\"error\":\"token expired\"}");
        }
        if (!REGION.equals(question.query().get("region"))) {
            return Answer.of(403, "{\"error\":\"no access to the region\"}");
        }
        return switch (question.path()) {
            case "/v3/historical" -> historical(question.query());
            case "/v3/forecast" -> forecast(question.query());
            default -> Answer.of(404, "{}");
        };
    }

    private Answer login(String authorization) {
        var right = Base64.getEncoder().encodeToString((USERNAME + ":" + PASSWORD).getBytes(UTF_8));
        if (!authorization.equals("Basic " + right)) {
            return Answer.of(401, "<html>Unauthorized</html>");
        }
        var token = "token-" + server.questions().size();
        tokens.add("Bearer " + token);
        return Answer.json("{\"token\":\"" + token + "\"}");
    }

    private Answer historical(Map<String, String> query) {
        var start = Instant.parse(Objects.requireNonNull(query.get("start")));
        var end = Instant.parse(Objects.requireNonNull(query.get("end")));
        if (Duration.between(start, end).compareTo(Duration.ofDays(32)) > 0) {
            return Answer.of(400, "{\"error\":\"more than 32 days\"}");
        }
        var points = new ArrayList<String>();
        for (var at = firstStep(start); !at.isAfter(end) && !at.isAfter(now); at = at.plus(STEP)) {
            points.add("{\"point_time\":\"%s\",\"value\":%s,\"last_updated\":\"%s\"}"
                    .formatted(text(at), value(at), text(at.plusSeconds(371))));
        }
        return Answer.json(body(points, ""));
    }

    private Answer forecast(Map<String, String> query) {
        int hours = Integer.parseInt(Objects.requireNonNull(query.get("horizon_hours")));
        if (hours > 72) {
            return Answer.of(400, "{\"error\":\"more than 72 hours\"}");
        }
        var issued = firstStep(now);
        var points = new ArrayList<String>();
        for (var at = issued; at.isBefore(issued.plus(Duration.ofHours(hours))); at = at.plus(STEP)) {
            points.add("{\"point_time\":\"%s\",\"value\":%s}".formatted(text(at), value(at)));
        }
        return Answer.json(
                body(points, ",\"generated_at\":\"" + text(issued) + "\",\"generated_at_period_seconds\":300"));
    }

    String body(List<String> points, String more) {
        return """
                {"data":[%s],"meta":{"data_point_period_seconds":300,"region":"%s","signal_type":"%s","units":"%s",\
                "model":{"date":"%s","type":"binned_regression"},"warnings":[]%s}}
                """.formatted(
                        String.join(",", points),
                        claims.get("region"),
                        claims.get("signal_type"),
                        claims.get("units"),
                        claims.get("model"),
                        more);
    }

    private static Instant firstStep(Instant from) {
        return from.plusSeconds(Math.floorMod(-from.getEpochSecond(), STEP.toSeconds()));
    }

    private static String value(Instant at) {
        return Long.toString(600 + at.getEpochSecond() / 300 % 400) + ".0";
    }

    private static String text(Instant at) {
        return at.toString().replace("Z", "+00:00");
    }

    @Override
    public void close() {
        server.close();
    }
}
