package io.wattledger.collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Puts in what settings refer to, as Kafka's own config providers do: <code>${env:NAME}</code>,
 * <code>${file:/etc/secrets.properties:key}</code>, <code>${directory:/run/secrets:name}</code>. What comes from there is not
 * logged and in no message.
 */
final class Secrets {
    private Secrets() {}

    /**
     * The settings with nothing left to look up.
     *
     * @throws InvalidConfigException when something that is referred to is not there
     */
    static Map<String, String> resolve(Map<String, String> settings) {
        if (settings.values().stream().noneMatch(value -> value != null && value.contains("${"))) {
            return settings;
        }
        Map<String, ConfigProvider> providers = Map.of(
                "env", new EnvVarConfigProvider(),
                "file", new FileConfigProvider(),
                "directory", new DirectoryConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        try {
            return resolve(settings, new ConfigTransformer(providers));
        } finally {
            providers.values().forEach(Secrets::close);
        }
    }

    private static Map<String, String> resolve(Map<String, String> settings, ConfigTransformer transformer) {
        var resolved = new TreeMap<String, String>();
        var problems = new ArrayList<String>();
        settings.forEach((key, value) -> {
            try {
                var found = value == null
                        ? value
                        : transformer.transform(Map.of(key, value)).data().get(key);
                if (found == null || !found.contains("${")) {
                    resolved.put(key, found);
                } else {
                    problems.add("Nothing is at " + value + ", which " + key + " refers to");
                }
            } catch (ConfigException e) {
                problems.add("Cannot read " + value + ", which " + key + " refers to (" + e.getMessage() + ")");
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return resolved;
    }

    private static void close(ConfigProvider provider) {
        try {
            provider.close();
        } catch (IOException e) {
            // Nothing was opened that could stay open.
        }
    }
}
