package io.wattledger.collector;

import io.wattledger.accounting.quantity.Power;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Idle powers that somebody knows better than can be learnt. */
final class IdleSetting {
    static final String IDLE_WATTS = "idle.watts";

    private IdleSetting() {}

    /** Adds it to a definition. */
    static ConfigDef define(ConfigDef definition) {
        return definition.define(
                IDLE_WATTS,
                Type.LIST,
                "",
                ConfigDef.LambdaValidator.with(
                        (key, value) -> parse(key, (List<?>) value), () -> "device=watts, separated by commas"),
                Importance.LOW,
                "Idle power of devices in watts, such as package-0=18.5,gpu-0=25; that of the others is learnt: the least mean"
                        + " over a minute in the last seven days.");
    }

    /** From settings that were parsed with that definition. */
    static Map<String, Power> of(Map<String, Object> values) {
        var set = values.get(IDLE_WATTS);
        return set == null ? Map.of() : parse(IDLE_WATTS, (List<?>) set);
    }

    private static Map<String, Power> parse(String key, List<?> entries) {
        var powers = new LinkedHashMap<String, Power>();
        for (var entry : entries) {
            var text = String.valueOf(entry);
            var parts = text.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || !isPower(parts[1])) {
                throw new ConfigException(key, text, "must be a device and its watts, at least 0: package-0=18.5");
            }
            powers.put(parts[0].trim(), Power.ofWatts(Double.parseDouble(parts[1])));
        }
        return powers;
    }

    private static boolean isPower(String watts) {
        try {
            double value = Double.parseDouble(watts);
            return value >= 0 && value < 1e9;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
