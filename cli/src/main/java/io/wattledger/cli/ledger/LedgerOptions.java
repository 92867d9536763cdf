package io.wattledger.cli.ledger;

import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.stack.DataDirectoryOption;
import io.wattledger.cli.stack.RunningStack;
import io.wattledger.cli.stack.StackLauncher;
import io.wattledger.cli.terminal.Waiting;
import io.wattledger.cli.topics.ClientConfigOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which ledger. Without them it is that of the embedded stack, which is started where it is not up. */
public final class LedgerOptions {
    /** A stack that was started in passing stays this long without use. */
    private static final Duration STACK_IDLE_TIME = Duration.ofMinutes(30);

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,…",
            description = "Use this Kafka cluster instead of the embedded stack (also: WATTLEDGER_BOOTSTRAP_SERVERS).")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Schema registry of that cluster (also: WATTLEDGER_SCHEMA_REGISTRY).")
    private @Nullable String schemaRegistry;

    @Mixin
    private ClientConfigOption clientConfig;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The data directory, ready for use. */
    public DataDirectory dataDirectory() {
        return dataDirectory.get().prepare();
    }

    /**
     * The existing cluster that was asked for; empty for the embedded stack.
     *
     * @throws ParameterException when only half of it was given
     */
    public Optional<Ledger> cluster() {
        if (bootstrapServers == null && schemaRegistry == null) {
            return Optional.empty();
        }
        if (bootstrapServers == null || schemaRegistry == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bootstrap-servers and --schema-registry belong together; give both, or the variables"
                            + " WATTLEDGER_BOOTSTRAP_SERVERS and WATTLEDGER_SCHEMA_REGISTRY");
        }
        return Optional.of(new Ledger(bootstrapServers, schemaRegistry, clientConfig.settings(), null));
    }

    /** Further settings of Kafka's clients, empty where there are none. */
    public Map<String, String> clientSettings() {
        return clientConfig.settings();
    }

    /** Makes sure that the embedded stack is up or coming up, unless another cluster is used; does not wait for it. */
    public Optional<StackLauncher> startStack(DataDirectory directory) {
        if (cluster().isPresent()) {
            return Optional.empty();
        }
        directory.touchLastUse();
        return Optional.of(StackLauncher.startForRun(directory, STACK_IDLE_TIME));
    }

    /** The ledger, once its stack is ready. */
    public Ledger await(Optional<StackLauncher> stack, Waiting waiting) {
        return cluster().orElseGet(() -> of(stack.orElseThrow().await(waiting)));
    }

    /** The cluster that was asked for, or the embedded stack where it is up; nothing is started. */
    public Optional<Ledger> running() {
        return cluster().or(() -> RunningStack.find(dataDirectory.get()).map(LedgerOptions::of));
    }

    private static Ledger of(RunningStack stack) {
        return new Ledger(stack.bootstrapServers(), stack.schemaRegistryUrl(), Map.of(), stack.apiUrl());
    }
}
