package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger broker}. */
@Command(
        name = "broker",
        description = "Run a single-node Kafka broker in the foreground, without the rest of the stack.")
public final class BrokerCommand implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption dataDirectory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--advertised-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port that clients are told to connect to, where they come through a proxy or a tunnel."
                    + " Default: the one it listens on.")
    private int advertisedPort;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.toStandardError();
        RoleProcess.runBroker(
                dataDirectory.get().prepare(),
                port,
                advertisedPort,
                spec.commandLine().getOut());
        return 0;
    }
}
