package io.wattledger.collector.publish;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How often samples are sent.
 *
 * @param interval the shortest time between two sendings; zero to send each sample at once
 */
public record Publishing(Duration interval) {
    public static final String INTERVAL_MS = "publish.interval.ms";

    private static final int LONGEST_INTERVAL_MS = 600_000;

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition.define(
                INTERVAL_MS,
                Type.INT,
                0,
                Range.between(0, LONGEST_INTERVAL_MS),
                Importance.MEDIUM,
                "Shortest time between two sendings to Kafka, in milliseconds; samples taken meanwhile go together,"
                        + " which costs less. Starts and ends of runs do not wait. 0 sends each sample at once.");
    }

    /** From settings that were parsed with that definition. */
    public static Publishing from(Map<String, Object> values) {
        return new Publishing(Duration.ofMillis(Long.parseLong(String.valueOf(values.get(INTERVAL_MS)))));
    }
}
