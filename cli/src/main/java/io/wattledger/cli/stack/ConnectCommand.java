package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Logging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wattledger connect}. */
@Command(
        name = "connect",
        description = {
            "Run a Kafka Connect worker in the foreground, with the connectors of the embedded stack or those of files.",
            "Workers of the same cluster share the work."
        })
public final class ConnectCommand implements Callable<Integer> {
    @Mixin
    private RoleOptions options;

    @Mixin
    private RestOptions rest;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port of the REST interface, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--connectors",
            split = ",",
            paramLabel = "PATH",
            description =
                    "JSON file with a connector, {\"name\": …, \"config\": {…}}, or a folder with such files; may be"
                            + " given again (also: WATTLEDGER_CONNECTORS). Default: those of the embedded stack.")
    private @Nullable List<Path> connectors;

    @Option(
            names = "--plugin-path",
            split = ",",
            paramLabel = "DIR",
            description = "Folders with plugins, each in a folder of its own, beside the connectors of Wattledger"
                    + " (also: WATTLEDGER_PLUGIN_PATH).")
    private List<Path> pluginPath = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of a Kafka Connect worker; may be given again.")
    private Map<String, String> further = Map.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.toStandardError();
        var context = options.context(rest.address(port));
        var wanted = connectors == null ? Connectors.of(context) : ConnectorFiles.read(connectors);
        var settings = settings();
        RoleProcess.run(
                "connect",
                role -> start(role, settings, wanted),
                context,
                spec.commandLine().getOut());
        return 0;
    }

    /** The worker has the converters of the ledger for keys as well, so that a connector need not say where schemas are. */
    private Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("key.converter", Connectors.AVRO));
        if (!pluginPath.isEmpty()) {
            for (var folder : pluginPath) {
                if (!Files.isDirectory(folder)) {
                    throw new Failure("There is no folder " + folder + " of plugins; check --plugin-path or"
                            + " WATTLEDGER_PLUGIN_PATH");
                }
            }
            settings.put("plugin.path", pluginPath.stream().map(Path::toString).collect(Collectors.joining(",")));
        }
        settings.putAll(further);
        return settings;
    }

    private ConnectWorker start(RoleContext context, Map<String, String> settings, List<Connector> wanted) {
        RoleProcess.requireTopics(context);
        RoleProcess.requireRegistry(context);
        ConnectWorker worker;
        try {
            worker = ConnectWorker.start(context, settings);
        } catch (ConfigException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        try {
            worker.submit(wanted);
            return worker;
        } catch (RuntimeException e) {
            // Also when a signal has interrupted it, the worker is to leave its group in peace.
            boolean interrupted = Thread.interrupted();
            worker.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }
}
