package io.wattledger.sinks.task;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of all sinks that say how a target is tried again. */
public final class RetrySettings {
    public static final String BACKOFF = "retry.backoff.ms";
    public static final String LONGEST_BACKOFF = "retry.backoff.max.ms";

    private RetrySettings() {}

    /** Adds them to a sink's own. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        BACKOFF,
                        Type.LONG,
                        1_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Wait before a target that is not to be had is tried again, in milliseconds; it doubles with each"
                                + " failure. A random part between half and all of it is waited.")
                .define(
                        LONGEST_BACKOFF,
                        Type.LONG,
                        60_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Longest such wait in milliseconds.");
    }

    static Backoff backoff(AbstractConfig settings) {
        return new Backoff(
                Duration.ofMillis(settings.getLong(BACKOFF)),
                Duration.ofMillis(settings.getLong(LONGEST_BACKOFF)),
                RandomGenerator.getDefault());
    }
}
