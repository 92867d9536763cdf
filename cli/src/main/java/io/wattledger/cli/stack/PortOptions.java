package io.wattledger.cli.stack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for the ports of the stack. */
final class PortOptions {
    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            converter = PortOptions.Port.class,
            description = "Port of the Kafka broker. Default: ${DEFAULT-VALUE}.")
    private int broker;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            converter = PortOptions.Port.class,
            description = "Port of the schema registry. Default: ${DEFAULT-VALUE}.")
    private int registry;

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            converter = PortOptions.Port.class,
            description = "Port of Kafka Connect. Default: ${DEFAULT-VALUE}.")
    private int connect;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            converter = PortOptions.Port.class,
            description = "Port of the ledger's REST interface and pages. Default: ${DEFAULT-VALUE}.")
    private int api;

    StackPorts exactly() {
        return StackPorts.exactly(ports());
    }

    /** The same as options for another process. */
    List<String> arguments() {
        var arguments = new ArrayList<String>();
        ports().forEach((listener, port) -> {
            arguments.add(listener.option());
            arguments.add(Integer.toString(port));
        });
        return arguments;
    }

    private Map<Listener, Integer> ports() {
        return new EnumMap<>(Map.of(
                Listener.BROKER, broker, Listener.REGISTRY, registry, Listener.CONNECT, connect, Listener.API, api));
    }

    /** A number that can be a port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                var port = Integer.parseInt(text);
                if (port >= 1 && port <= 65535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // The same answer as for a number out of range.
            }
            throw new TypeConversionException("'" + text + "' is not a port between 1 and 65535");
        }
    }
}
