package io.wattledger.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** TCP ports of the loopback interface. */
public final class Ports {
    /** Where everything listens, as clients write it. */
    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** A port that is free now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No TCP port is free on " + LOOPBACK, e);
        }
    }

    static boolean isFree(int port) {
        return obstacle(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .isEmpty();
    }

    /** Why nothing can listen at this address now; empty where it can. */
    static Optional<String> obstacle(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            // As the servers do: connections of an earlier process that linger in TIME_WAIT do not take the port.
            socket.setReuseAddress(true);
            socket.bind(address, 1);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
