package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;

/** The port of each listener of one stack. */
public final class StackPorts {
    private final Map<Listener, Integer> ports;

    private StackPorts(Map<Listener, Integer> ports) {
        this.ports = new EnumMap<>(ports);
    }

    /**
     * Exactly these ports.
     *
     * @throws Failure when one of them is taken, with the option that changes it
     */
    static StackPorts exactly(Map<Listener, Integer> wanted) {
        for (var entry : wanted.entrySet()) {
            if (!Ports.isFree(entry.getValue())) {
                throw new Failure("Cannot start the stack: port %d of %s, for the %s, is taken; choose another with %s"
                        .formatted(
                                entry.getValue(),
                                Ports.LOOPBACK,
                                entry.getKey().title(),
                                entry.getKey().option()));
            }
        }
        return new StackPorts(wanted);
    }

    /** The ports of last time, else the default ones; any free one in place of a port that is taken. */
    public static StackPorts available(DataDirectory directory) {
        var remembered = DataDirectory.read(directory.ports());
        var ports = new EnumMap<Listener, Integer>(Listener.class);
        var given = new HashSet<Integer>();
        for (var listener : Listener.values()) {
            var port = remembered(remembered, listener);
            while (given.contains(port) || !Ports.isFree(port)) {
                port = Ports.free();
            }
            given.add(port);
            ports.put(listener, port);
        }
        return new StackPorts(ports);
    }

    private static int remembered(Properties remembered, Listener listener) {
        try {
            var port = Integer.parseInt(remembered.getProperty(listener.label(), ""));
            return port >= 1 && port <= 65535 ? port : listener.defaultPort();
        } catch (NumberFormatException e) {
            return listener.defaultPort();
        }
    }

    int of(Listener listener) {
        return ports.getOrDefault(listener, listener.defaultPort());
    }

    void remember(DataDirectory directory) {
        var properties = new Properties();
        ports.forEach((listener, port) -> properties.setProperty(listener.label(), Integer.toString(port)));
        DataDirectory.write(directory.ports(), properties);
    }
}
