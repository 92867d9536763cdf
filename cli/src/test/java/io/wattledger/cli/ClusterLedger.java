package io.wattledger.cli;

import io.wattledger.cli.stack.RunningStack;
import io.wattledger.testkit.KafkaEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An existing cluster as its user has it: topics are created, and the roles are processes. */
final class ClusterLedger extends LedgerEnvironment {
    private final KafkaEnvironment cluster;
    private @Nullable CommandProcess streams;
    private @Nullable CommandProcess connect;

    private ClusterLedger(KafkaEnvironment cluster, Path data) {
        super(data);
        this.cluster = cluster;
    }

    static ClusterLedger on(KafkaEnvironment cluster, Path data) {
        var ledger = new ClusterLedger(cluster, data);
        try {
            ledger.startRoles();
            return ledger;
        } catch (Throwable e) {
            ledger.close();
            throw e;
        }
    }

    /** With the partitions and the settings of the embedded stack. */
    private void startRoles() {
        CommandRun.createTopics(bootstrapServers(), 4, 1);
        var arguments = new ArrayList<>(List.of("streams", "--port", "0"));
        RunningStack.STREAMS_SETTINGS.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        streams = start(arguments.toArray(String[]::new));
        connect = start("connect", "--port", "0");
        streams.awaitOut("ready at ");
        connect.awaitOut("ready at ");
    }

    @Override
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    @Override
    public String schemaRegistryUrl() {
        return cluster.schemaRegistryUrl();
    }

    @Override
    public String apiUrl() {
        return streams.out().strip().replaceAll("(?s).*ready at ", "");
    }

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    Map<String, String> variables() {
        return Map.of(
                "WATTLEDGER_BOOTSTRAP_SERVERS", bootstrapServers(), "WATTLEDGER_SCHEMA_REGISTRY", schemaRegistryUrl());
    }

    @Override
    List<String> options(List<String> arguments) {
        var options = new ArrayList<String>();
        if (!arguments.contains("--bootstrap-servers")) {
            options.addAll(
                    List.of("--bootstrap-servers", bootstrapServers(), "--schema-registry", schemaRegistryUrl()));
        }
        // Reports of days and of the past come from the ledger itself, which the embedded stack is known to have.
        if (arguments.get(0).equals("report") && !arguments.contains("--api")) {
            options.addAll(List.of("--api", apiUrl()));
        }
        return options;
    }

    @Override
    public void close() {
        try (cluster;
                // Killed, where they have not ended when they were told to.
                var streams = this.streams;
                var connect = this.connect) {
            down();
            for (var role : new CommandProcess[] {connect, streams}) {
                if (role != null) {
                    role.process().destroy();
                    role.awaitExit();
                }
            }
        }
    }
}
