package io.wattledger.cli.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a role gets to know, alone or in the stack.
 *
 * @param bootstrapServers the Kafka cluster
 * @param clientSettings further settings of Kafka clients, such as those for TLS and SASL; empty in the stack
 * @param schemaRegistryUrl the schema registry; the registry itself does not need it
 * @param directory where files go
 * @param rest where it listens
 */
public record RoleContext(
        String bootstrapServers,
        Map<String, String> clientSettings,
        String schemaRegistryUrl,
        DataDirectory directory,
        RestAddress rest) {

    /** On the loopback interface. */
    RoleContext(
            String bootstrapServers,
            Map<String, String> clientSettings,
            String schemaRegistryUrl,
            DataDirectory directory,
            int port) {
        this(bootstrapServers, clientSettings, schemaRegistryUrl, directory, RestAddress.loopback(port));
    }

    /** Where this role keeps its own files. */
    public Path folder(String role) {
        return directory.folder(role);
    }

    /** The port to listen on, 0 for any free one. */
    int port() {
        return rest.port();
    }
}
