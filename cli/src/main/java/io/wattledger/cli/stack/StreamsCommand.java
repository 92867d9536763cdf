package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Logging;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger streams}. */
@Command(
        name = "streams",
        description = {
            "Run the streams application in the foreground: the ledger and its REST interface.",
            "Instances on the same cluster share the work."
        })
public final class StreamsCommand implements Callable<Integer> {
    @Mixin
    private RoleOptions options;

    @Mixin
    private RestOptions rest;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the REST interface and pages, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of docs/configuration.md; may be given again.")
    private Map<String, String> further = Map.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.toStandardError();
        RoleProcess.run(
                "streams",
                this::start,
                options.context(rest.address(port)),
                spec.commandLine().getOut());
        return 0;
    }

    private StreamsRole start(RoleContext context) {
        RoleProcess.requireTopics(context);
        RoleProcess.requireRegistry(context);
        try {
            return StreamsRole.start(context, further);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
