package io.wattledger.sinks.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * What a task counts. The worker publishes it among its own metrics, where it can (since Kafka 4.1), with the connector and
 * task as tags.
 */
public final class SinkMetrics {
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicLong passedOver = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong failing = new AtomicLong();

    void publish(SinkTaskContext context) {
        try {
            var metrics = context.pluginMetrics();
            gauge(metrics, "records-delivered-total", "Records that the target has.", delivered);
            gauge(metrics, "records-dead-letter-total", "Records given up, each with its reason.", deadLetters);
            gauge(metrics, "records-passed-over-total", "Records that are not for the target.", passedOver);
            gauge(metrics, "failures-total", "How often the target was not to be had.", failures);
            gauge(metrics, "failing", "1 while the target is not to be had, else 0.", failing);
        } catch (NoSuchMethodError | UnsupportedOperationException e) {
            // An older worker; the counts are then seen by nobody.
            failing.set(0);
        }
    }

    private static void gauge(
            org.apache.kafka.common.metrics.PluginMetrics metrics, String name, String meaning, AtomicLong value) {
        var tags = new LinkedHashMap<String, String>();
        metrics.addMetric(metrics.metricName(name, meaning, tags), (Gauge<Long>) (config, now) -> value.get());
    }

    void delivered(long records) {
        delivered.addAndGet(records);
        failing.set(0);
    }

    void deadLetters(long records) {
        deadLetters.addAndGet(records);
    }

    void passedOver(long records) {
        passedOver.addAndGet(records);
    }

    void failed() {
        failures.incrementAndGet();
        failing.set(1);
    }

    /** All of them by name, for tests and logs. */
    public Map<String, Long> values() {
        return Map.of(
                "delivered", delivered.get(),
                "dead letters", deadLetters.get(),
                "passed over", passedOver.get(),
                "failures", failures.get(),
                "failing", failing.get());
    }
}
