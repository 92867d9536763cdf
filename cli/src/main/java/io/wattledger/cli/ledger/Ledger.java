package io.wattledger.cli.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger is.
 *
 * @param bootstrapServers its Kafka cluster
 * @param schemaRegistryUrl its schema registry
 * @param clientSettings further settings of Kafka clients and registry clients
 * @param apiUrl REST interface and pages of the embedded stack; null for another cluster
 */
public record Ledger(
        String bootstrapServers,
        String schemaRegistryUrl,
        Map<String, String> clientSettings,
        @Nullable String apiUrl) {
    /** Whether it is that of the embedded stack. */
    boolean isEmbedded() {
        return apiUrl != null;
    }
}
