package io.wattledger.collector.publish;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where to send.
 *
 * @param bootstrapServers Kafka brokers
 * @param schemaRegistryUrl schema registry
 */
public record Endpoints(String bootstrapServers, String schemaRegistryUrl) {
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    /** Finds them, again each time: the embedded stack may come up later, or again on other ports. */
    @FunctionalInterface
    public interface Source {
        Optional<Endpoints> find();
    }

    /** Always these. */
    public Source fixed() {
        return () -> Optional.of(this);
    }

    /** Those in a properties file, as long as it exists. */
    public static Source inFile(Path file) {
        return () -> {
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
            var brokers = properties.getProperty(BOOTSTRAP_SERVERS, "").trim();
            var registry = properties.getProperty(SCHEMA_REGISTRY_URL, "").trim();
            return brokers.isEmpty() || registry.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Endpoints(brokers, registry));
        };
    }
}
