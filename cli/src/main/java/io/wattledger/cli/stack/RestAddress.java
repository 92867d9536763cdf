package io.wattledger.cli.stack;

import io.wattledger.streams.Advertised;
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

    /** Under what it is reached, by the name of this host where it listens everywhere and nothing else was said. */
    Advertised reached() {
        if (!advertised.isEmpty()) {
            return Advertised.of(advertised);
        }
        if (!isEverywhere()) {
            return Advertised.of(host);
        }
        try {
            return Advertised.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // A host that does not know its own name is reached by nobody else either.
            return Advertised.of(Ports.LOOPBACK);
        }
    }
}
