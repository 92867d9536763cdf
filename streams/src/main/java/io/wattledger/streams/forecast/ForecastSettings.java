package io.wattledger.streams.forecast;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Settings of the built-in forecasts.
 *
 * @param interval how often at most there is a forecast for a zone; zero for none at all
 */
public record ForecastSettings(Duration interval) {
    public static final ForecastSettings DEFAULTS = new ForecastSettings(Duration.ofMinutes(15));

    public static final String INTERVAL = "forecast.interval.ms";

    /** Adds these settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition.define(
                INTERVAL,
                Type.LONG,
                DEFAULTS.interval().toMillis(),
                Range.atLeast(0),
                Importance.LOW,
                "How often at most a built-in forecast of the carbon intensity is made for each zone with live data,"
                        + " when new values have come, in milliseconds; 0: never.");
    }

    /** Reads these settings from a configuration that defines them. */
    public static ForecastSettings from(AbstractConfig config) {
        return new ForecastSettings(Duration.ofMillis(config.getLong(INTERVAL)));
    }

    public boolean isOff() {
        return interval.isZero();
    }
}
