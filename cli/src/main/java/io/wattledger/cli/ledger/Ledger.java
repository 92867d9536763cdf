package io.wattledger.cli.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger is.
 *
 * @param bootstrapServers its Kafka cluster
 * @param schemaRegistryUrl its schema registry
 * @param clientSettings further settings of Kafka clients and registry clients
 * @param apiUrl its REST interface and pages, where known
 */
public record Ledger(
        String bootstrapServers,
        String schemaRegistryUrl,
        Map<String, String> clientSettings,
        @Nullable String apiUrl) {}
