package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattledger connect}. */
@Command(
        name = "connect",
        description = {
            "Run a Kafka Connect worker in the foreground, with the connectors of the embedded stack.",
            "Workers of the same cluster share the work."
        })
public final class ConnectCommand implements Callable<Integer> {
    @Mixin
    private RoleOptions options;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port of the REST interface, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.toStandardError();
        RoleProcess.run(
                "connect",
                ConnectCommand::start,
                options.context(port),
                spec.commandLine().getOut());
        return 0;
    }

    private static ConnectWorker start(RoleContext context) {
        RoleProcess.requireTopics(context);
        var worker = ConnectWorker.start(context);
        worker.submit(Connectors.of(context));
        return worker;
    }
}
