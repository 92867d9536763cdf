package io.wattledger.streams;

import java.util.regex.Pattern;

/**
 * Under what others reach a listener.
 *
 * @param host name or address, in brackets where it is one of IPv6
 * @param port the port, empty for the one that it listens at
 */
public record Advertised(String host, String port) {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[.+]|[^:]+):([0-9]+)");

    /** From {@code HOST} or {@code HOST:PORT}; an address of IPv6 with a port must be in brackets. */
    public static Advertised of(String text) {
        var both = HOST_AND_PORT.matcher(text);
        if (both.matches()) {
            return new Advertised(both.group(1), both.group(2));
        }
        return new Advertised(bracketed(text), "");
    }

    /** A host as it is in front of a port: an address of IPv6 in brackets. */
    public static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** {@code HOST:PORT}, or {@code HOST} where the port is the one it listens at. */
    public String text() {
        return port.isEmpty() ? host : host + ":" + port;
    }

    /** {@code HOST:PORT}. */
    public String endpoint(int listening) {
        return host + ":" + (port.isEmpty() ? Integer.toString(listening) : port);
    }
}
