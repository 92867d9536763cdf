package io.wattledger.collector.sensor.ipmi;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * How the management controller is asked.
 *
 * @param timeout how long an answer may take
 */
public record IpmiSettings(Duration timeout) {
    public static final String TIMEOUT_MS = "ipmi.timeout.ms";

    /** Most answer within 0.1 s, some now and then in 2 s. */
    private static final int TIMEOUT_DEFAULT_MS = 5_000;

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition.define(
                TIMEOUT_MS,
                Type.INT,
                TIMEOUT_DEFAULT_MS,
                Range.between(100, 60_000),
                Importance.LOW,
                "How long ipmitool or ipmi-dcmi may take to give the power of the machine, in milliseconds. After that it is"
                        + " killed, and the reading is missing.");
    }

    /** From settings that were parsed with that definition. */
    public static IpmiSettings from(Map<String, Object> values) {
        return new IpmiSettings(Duration.ofMillis((Integer) Objects.requireNonNull(values.get(TIMEOUT_MS))));
    }
}
