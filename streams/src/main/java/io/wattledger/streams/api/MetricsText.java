package io.wattledger.streams.api;

import io.wattledger.streams.metrics.LedgerMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in the text format of Prometheus, version 0.0.4: those of the ledger's own, and of those of Kafka Streams the ones
 * that tell how far behind it is and how much state it has. A metric that several threads or tasks have is one time series
 * each.
 */
final class MetricsText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "wattledger_";

    /** A metric of Kafka's that is published. */
    private record Published(String name, String help) {}

    private static final Map<String, Published> OF_KAFKA = Map.of(
            "stream-thread-metrics/process-total",
            new Published("processed_records_total", "Records processed by a stream thread."),
            "stream-task-metrics/commit-total",
            new Published("task_commits_total", "Commits of a task."),
            "stream-state-metrics/estimate-num-keys",
            new Published("state_entries", "Entries of a state store, estimated; of run-totals: runs known."),
            "stream-state-metrics/total-sst-files-size",
            new Published("state_bytes", "Size of the files of a state store in bytes."),
            "consumer-fetch-manager-metrics/records-lag",
            new Published("lag_records", "Records that are written and not read yet."),
            "stream-metrics/failed-stream-threads",
            new Published("failed_stream_threads", "Stream threads that have failed since the start."));

    private MetricsText() {}

    static String of(Map<MetricName, ? extends Metric> metrics, boolean ready) {
        var families = new TreeMap<String, StringBuilder>();
        add(families, "ready", "1 when the ledger can be asked, else 0.", Map.of(), ready ? 1 : 0);
        metrics.forEach((metric, value) -> {
            var published = published(metric);
            if (published != null && value.metricValue() instanceof Number number) {
                add(families, published.name(), published.help(), labels(metric), number.doubleValue());
            }
        });
        return families.values().stream().map(StringBuilder::toString).collect(Collectors.joining());
    }

    private static @Nullable Published published(MetricName metric) {
        if (!metric.group().equals(LedgerMetrics.GROUP)) {
            return OF_KAFKA.get(metric.group() + "/" + metric.name());
        }
        // Prometheus makes rates itself.
        return metric.name().endsWith("-rate")
                ? null
                : new Published(metric.name().replace('-', '_'), metric.description());
    }

    /** Of Kafka's tags those that tell series apart. */
    private static Map<String, String> labels(MetricName metric) {
        var labels = new TreeMap<String, String>();
        metric.tags().forEach((tag, value) -> {
            switch (tag) {
                case "topic", "partition" -> labels.put(tag, value);
                case LedgerMetrics.TASK, "task-id" -> labels.put("task", value);
                case "thread-id" -> labels.put("thread", value);
                case "rocksdb-state-id" -> labels.put("store", value);
                default -> {
                    // The same for all series of the metric.
                }
            }
        });
        if (labels.containsKey("task")) {
            // A task is the same one whichever thread has it.
            labels.remove("thread");
        }
        return labels;
    }

    private static void add(
            Map<String, StringBuilder> families, String name, String help, Map<String, String> labels, double value) {
        var family = families.computeIfAbsent(
                name,
                absent -> new StringBuilder("# HELP %s%s %s%n# TYPE %s%s %s%n"
                        .formatted(PREFIX, name, help, PREFIX, name, name.endsWith("_total") ? "counter" : "gauge")));
        family.append(PREFIX).append(name);
        if (!labels.isEmpty()) {
            family.append(labels.entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + "\"")
                    .collect(Collectors.joining(",", "{", "}")));
        }
        family.append(' ').append(number(value)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%s", value);
    }
}
