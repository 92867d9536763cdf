package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks Prometheus, or what answers as its API does, for the last value it has of runs' counters. So a counter does not fall
 * when a task knows nothing of the one before it.
 */
final class ShownCounters {
    static final String QUERY_URL = "prometheus.query.url";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Metric> COUNTERS =
            Stream.of(Metric.values()).filter(Metric::isCounter).collect(toMap(Metric::series, metric -> metric));
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    /** A task has usually followed on another within that. */
    private static final Duration RECENTLY = Duration.ofMinutes(15);

    /** Clocks differ, and a start may become known late. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final Duration UNKNOWN_START = Duration.ofDays(7);

    /**
     * Series times seconds that a query may look at: 5 million samples at an interval of 5 s. Prometheus reads 50 million at
     * most.
     */
    private static final long MOST_SECONDS = 25_000_000;

    private static final int SERIES_PER_RUN = 8;
    private static final int MOST_RUNS = 200;

    private final HttpSender sender;
    private final URI address;

    ShownCounters(HttpSender sender, URI address) {
        this.sender = sender;
        this.address = address;
    }

    /**
     * The last values that Prometheus has, by run; those of a run it does not know are not there.
     *
     * @throws TargetUnavailableException when it cannot be asked now
     */
    Map<String, Map<Counter, Double>> of(List<RunEmissions> runs, Instant now) throws TargetUnavailableException {
        var found = new HashMap<String, Map<Counter, Double>>();
        ask(runs, RECENTLY, found);
        var older = runs.stream()
                .filter(run -> !found.containsKey(run.getRun()) && age(run, now).compareTo(RECENTLY) > 0)
                .toList();
        var oldest = older.stream().map(run -> age(run, now)).max(Duration::compareTo);
        if (oldest.isPresent()) {
            ask(older, oldest.get().plus(MARGIN), found);
        }
        return found;
    }

    private static Duration age(RunEmissions run, Instant now) {
        return run.getStarted() == null ? UNKNOWN_START : Duration.between(run.getStarted(), now);
    }

    private void ask(List<RunEmissions> runs, Duration back, Map<String, Map<Counter, Double>> found)
            throws TargetUnavailableException {
        int most = (int) Math.max(1, Math.min(MOST_RUNS, MOST_SECONDS / SERIES_PER_RUN / back.toSeconds()));
        for (int from = 0; from < runs.size(); from += most) {
            var query = query(runs.subList(from, Math.min(runs.size(), from + most)), back);
            for (var series : answer(query)) {
                var labels = series.path("metric");
                var metric = COUNTERS.get(labels.path("__name__").asText());
                if (metric != null) {
                    found.computeIfAbsent(labels.path(RunTotal.LABEL).asText(), run -> new HashMap<>())
                            .put(
                                    new Counter(
                                            metric, labels.path(Component.LABEL).asText()),
                                    series.path("value").path(1).asDouble());
                }
            }
        }
    }

    private static String query(List<RunEmissions> runs, Duration back) {
        return "max by (__name__, %s, %s) (last_over_time({__name__=~\"%s\", %s=~\"%s\"}[%ds]))"
                .formatted(
                        RunTotal.LABEL,
                        Component.LABEL,
                        String.join("|", COUNTERS.keySet()),
                        RunTotal.LABEL,
                        runs.stream().map(run -> quoted(run.getRun())).collect(joining("|")),
                        back.toSeconds());
    }

    /** As an expression that matches the text alone, inside a string. */
    private static String quoted(String text) {
        return SPECIAL.matcher(text)
                .replaceAll("\\\\$0")
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n");
    }

    private JsonNode answer(String query) throws TargetUnavailableException {
        var answer = sender.post(
                address,
                ("query=" + URLEncoder.encode(query, UTF_8)).getBytes(UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        try {
            var json = JSON.readTree(answer.body());
            if (answer.isGood() && json.path("status").asText().equals("success")) {
                return json.path("data").path("result");
            }
        } catch (JsonProcessingException e) {
            throw new TargetRefusedException(noAnswer(answer.summary()), e);
        }
        throw new TargetRefusedException(noAnswer(answer.summary()), null);
    }

    private static String noAnswer(String summary) {
        return "Asked for the counters shown so far, and the answer is none of Prometheus's API: " + summary
                + "; check " + QUERY_URL;
    }
}
