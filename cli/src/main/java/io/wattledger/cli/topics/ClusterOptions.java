package io.wattledger.cli.topics;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which Kafka cluster. */
public final class ClusterOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT,…",
            description = "Addresses of the Kafka cluster (also: WATTLEDGER_BOOTSTRAP_SERVERS).")
    private String bootstrapServers = "";

    @Mixin
    private ClientConfigOption clientConfig;

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Further settings of Kafka clients, empty where there are none. */
    public Map<String, String> clientSettings() {
        return clientConfig.settings();
    }
}
