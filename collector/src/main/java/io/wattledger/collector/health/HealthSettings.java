package io.wattledger.collector.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where health and metrics are served.
 *
 * @param host address to listen at; null for the loopback interface
 * @param port 0 for any free one, null for none at all
 */
public record HealthSettings(
        @Nullable String host, @Nullable Integer port) {
    public static final String PORT = "health.port";
    public static final String HOST = "health.host";

    private static final int LAST_PORT = 65_535;

    /** Adds its settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        PORT,
                        Type.INT,
                        null,
                        ConfigDef.LambdaValidator.with(HealthSettings::check, () -> "[0,...," + LAST_PORT + "]"),
                        Importance.LOW,
                        "Port for GET /healthz and GET /metrics (Prometheus); 0 takes any free one. Default: none.")
                .define(
                        HOST,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "Address at which " + PORT
                                + " is served. Nothing there asks who is calling. Default: the loopback"
                                + " interface.");
    }

    /** From settings that were parsed with that definition. */
    public static HealthSettings from(Map<String, Object> values) {
        return new HealthSettings((String) values.get(HOST), (Integer) values.get(PORT));
    }

    /** Where to listen; empty when nothing is to be served. */
    Optional<InetSocketAddress> address() {
        if (port == null) {
            return Optional.empty();
        }
        return Optional.of(
                host == null
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                        : new InetSocketAddress(host, port));
    }

    private static void check(String name, @Nullable Object value) {
        if (value instanceof Integer number && (number < 0 || number > LAST_PORT)) {
            throw new ConfigException(name, value, "must be a port, 0 to " + LAST_PORT);
        }
    }
}
