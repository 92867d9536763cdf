package io.wattledger.cli.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a role serves its REST interface.
 *
 * @param host the address it listens at, in brackets where it is one of IPv6
 * @param port the port, 0 for any free one
 * @param advertised under what other instances reach it, {@code HOST} or {@code HOST:PORT}; empty for where it listens
 */
record RestAddress(String host, int port, String advertised) {
    /** On the loopback interface only. */
    static RestAddress loopback(int port) {
        return new RestAddress(Ports.LOOPBACK, port, "");
    }

    /** Whether it listens at every address of this host. */
    boolean isEverywhere() {
        return new InetSocketAddress(host, port).getAddress().isAnyLocalAddress();
    }

    boolean isLoopback() {
        return new InetSocketAddress(host, port).getAddress().isLoopbackAddress();
    }

    /** {@code HOST:PORT}, or {@code HOST} where the port is the one it listens at. */
    String advertisedEndpoint() {
        return advertisedPort().isEmpty() ? advertisedHost() : advertised;
    }

    /** The host's part of what is advertised; where it listens everywhere, by the name of this host. */
    String advertisedHost() {
        if (!advertised.isEmpty()) {
            return hasAdvertisedPort() ? advertised.substring(0, advertised.lastIndexOf(':')) : advertised;
        }
        if (!isEverywhere()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A host that does not know its own name is reached by nobody else either.
            return Ports.LOOPBACK;
        }
    }

    /** The port's part of what is advertised, empty for the one it listens at. */
    String advertisedPort() {
        return hasAdvertisedPort() ? advertised.substring(advertised.lastIndexOf(':') + 1) : "";
    }

    private boolean hasAdvertisedPort() {
        return advertised.matches(".*:[0-9]+");
    }
}
