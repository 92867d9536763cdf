package io.wattledger.cli.topics;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a file with settings of Kafka clients. */
public final class ClientConfigOption {
    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties file with further settings of the Kafka client, such as TLS and SASL"
                    + " (also: WATTLEDGER_CLIENT_CONFIG).")
    private @Nullable Path clientConfig;

    /**
     * The settings of the file, empty without one.
     *
     * @throws Failure when it cannot be read
     */
    public Map<String, String> settings() {
        if (clientConfig == null) {
            return Map.of();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(clientConfig)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(
                    "Cannot read the client settings " + clientConfig + " (" + e
                            + "); check --client-config or WATTLEDGER_CLIENT_CONFIG",
                    e);
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
