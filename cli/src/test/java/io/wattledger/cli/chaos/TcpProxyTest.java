package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that gives back what it gets. */
@Timeout(30)
class TcpProxyTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private TcpProxy proxy;

    @BeforeEach
    void startEcho() throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);
        var echo = new Thread(() -> {
            try {
                while (true) {
                    var socket = server.accept();
                    var one = new Thread(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException e) {
                            // The connection was cut, which the test sees at its other end.
                        }
                    });
                    one.setDaemon(true);
                    one.start();
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        echo.setDaemon(true);
        echo.start();
        proxy = TcpProxy.to(server.getLocalPort());
        open.add(proxy);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var thing : open) {
            thing.close();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        open.add(socket);
        return socket;
    }

    private static int echo(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    @Test
    void passesOnBothWays() throws IOException {
        var socket = connect();
        assertThat(echo(socket, 42)).isEqualTo(42);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void cutsConnectionsAndTakesNewOnes() throws IOException {
        var socket = connect();
        echo(socket, 1);
        proxy.cut();
        assertThat(ended(socket)).isTrue();
        assertThat(echo(connect(), 2)).isEqualTo(2);
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void holdsUpEverythingWhileTheCableIsOutAndLosesNothing() throws IOException {
        var socket = connect();
        echo(socket, 1);
        proxy.pullOut();
        socket.getOutputStream().write(2);
        socket.setSoTimeout(200);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        proxy.plugIn();
        socket.setSoTimeout(0);
        assertThat(socket.getInputStream().read()).isEqualTo(2);
    }
}
