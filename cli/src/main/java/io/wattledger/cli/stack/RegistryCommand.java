package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Logging;
import io.wattledger.cli.topics.ClusterOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger registry}. */
@Command(
        name = "registry",
        description = {
            "Run a schema registry in the foreground.",
            "It speaks the API of Confluent's and keeps the schemas in the topic _schemas."
        })
public final class RegistryCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.toStandardError();
        var context =
                new RoleContext(cluster.bootstrapServers(), cluster.clientSettings(), "", dataDirectory.get(), port);
        RoleProcess.run(
                "registry", RegistryRole::start, context, spec.commandLine().getOut());
        return 0;
    }
}
