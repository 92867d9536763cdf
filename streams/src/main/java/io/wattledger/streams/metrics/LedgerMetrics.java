package io.wattledger.streams.metrics;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Registers metrics of one task. */
public final class LedgerMetrics {
    /** The group all of them are in. */
    public static final String GROUP = "stream-ledger-metrics";
    /** The tag that says which task it is. */
    public static final String TASK = "ledger-id";

    private static final String SCOPE = "ledger";

    private LedgerMetrics() {}

    /** Counts, as {@code NAME-total}, and how many there are in a second, as {@code NAME-rate}. */
    public static Sensor counter(ProcessorContext<?, ?> context, String name) {
        return context.metrics().addRateTotalSensor(SCOPE, task(context), name, RecordingLevel.INFO);
    }

    /** A number that goes up and down; {@link Sensor#record(double)} sets it. */
    public static Sensor gauge(ProcessorContext<?, ?> context, String name, String description) {
        var sensor = context.metrics().addSensor(SCOPE + "." + task(context) + "." + name, RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, description, Map.of(TASK, task(context))), new Value());
        return sensor;
    }

    private static String task(ProcessorContext<?, ?> context) {
        return context.taskId().toString();
    }
}
