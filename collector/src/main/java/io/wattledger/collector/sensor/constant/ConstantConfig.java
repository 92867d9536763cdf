package io.wattledger.collector.sensor.constant;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The setting of {@link ConstantSensor}. */
public final class ConstantConfig {
    public static final String WATTS = "constant.watts";

    private ConstantConfig() {}

    /** Adds it to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition.define(
                WATTS,
                Type.STRING,
                null,
                LambdaValidator.with(ConstantConfig::check, () -> "device:COMPONENT=watts[±watts], …"),
                Importance.LOW,
                "Devices that always draw the same power, comma separated: device:COMPONENT=watts[±watts], for example"
                        + " disks:OTHER=24±4. COMPONENT is CPU, GPU, RAM, HOST or OTHER; without ± (or +-) the error band is"
                        + " 20 %. The method is CONSTANT.");
    }

    /**
     * The sensor of settings that were parsed with that definition.
     *
     * @return null where none is configured
     */
    public static @Nullable ConstantSensor from(Map<String, Object> values) {
        var text = (String) values.get(WATTS);
        return text == null ? null : new ConstantSensor(Constants.parse(text));
    }

    private static void check(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        try {
            Constants.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, value, e.getMessage());
        }
    }
}
