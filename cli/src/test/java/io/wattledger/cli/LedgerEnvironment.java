package io.wattledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.KafkaEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ledger as a person has it, and the commands that use it: the embedded stack of a data directory, or with
 * {@code -Denvironment=containers} roles that are processes on a cluster of other people's images.
 */
public abstract class LedgerEnvironment implements KafkaEnvironment {
    private final Path data;

    LedgerEnvironment(Path data) {
        this.data = data;
    }

    /** @param data the data directory of its commands, which is empty yet */
    public static LedgerEnvironment in(Path data) {
        var cluster = KafkaEnvironment.start(() -> new EmbeddedLedger(data));
        return cluster instanceof EmbeddedLedger embedded ? embedded : ClusterLedger.on(cluster, data);
    }

    /** Address of the ledger's REST interface and pages. */
    public abstract String apiUrl();

    /** Whether commands find the pages of the ledger by themselves. */
    public abstract boolean isEmbedded();

    /** What tells processes which ledger to use. */
    abstract Map<String, String> variables();

    /** What tells a command in this JVM the same, unless the arguments do. */
    abstract List<String> options(List<String> arguments);

    final Path data() {
        return data;
    }

    /** Starts a command as a process. */
    public final CommandProcess start(String... arguments) {
        return CommandProcess.start(data, variables(), arguments);
    }

    /** Runs a command in this JVM. */
    public final CommandRun command(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        // What comes last may be the arguments of another command.
        all.addAll(1, options(all));
        all.addAll(1, List.of("--data-dir", data.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    public final LedgerReader reader() {
        return new LedgerReader(bootstrapServers(), schemaRegistryUrl());
    }

    /** Ends the collector that runs have started, and the stack where there is one. */
    final void down() {
        var down = CommandRun.of("down", "--data-dir", data.toString());
        assertThat(down.exitCode()).as(down.err()).isZero();
    }
}
