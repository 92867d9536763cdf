package io.wattledger.cli.stack;

import io.wattledger.cli.topics.ClusterOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every role that works on a cluster with a schema registry. */
final class RoleOptions {
    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(
            names = "--schema-registry",
            required = true,
            paramLabel = "URL",
            description = "Address of the schema registry (also: WATTLEDGER_SCHEMA_REGISTRY).")
    private String schemaRegistry;

    RoleContext context(RestAddress rest) {
        return new RoleContext(
                cluster.bootstrapServers(),
                cluster.clientSettings(),
                schemaRegistry,
                dataDirectory.get().prepare(),
                rest);
    }
}
