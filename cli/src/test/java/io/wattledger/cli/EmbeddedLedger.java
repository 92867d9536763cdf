package io.wattledger.cli;

import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.stack.RunningStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embedded stack, which comes up with the first command that needs it. */
final class EmbeddedLedger extends LedgerEnvironment {
    EmbeddedLedger(Path data) {
        super(data);
    }

    private RunningStack stack() {
        return RunningStack.find(DataDirectory.at(data())).orElseThrow();
    }

    @Override
    public String bootstrapServers() {
        return stack().bootstrapServers();
    }

    @Override
    public String schemaRegistryUrl() {
        return stack().schemaRegistryUrl();
    }

    @Override
    public String apiUrl() {
        return stack().apiUrl();
    }

    @Override
    public boolean isEmbedded() {
        return true;
    }

    @Override
    Map<String, String> variables() {
        return Map.of();
    }

    @Override
    List<String> options(List<String> arguments) {
        return List.of();
    }

    @Override
    public void close() {
        down();
    }
}
