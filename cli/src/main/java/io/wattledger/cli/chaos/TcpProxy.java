package io.wattledger.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cable between clients and a server on this machine that can be cut, or pulled out for a while. */
final class TcpProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocketChannel server;
    private final int target;
    private final Set<SocketChannel> sockets = ConcurrentHashMap.newKeySet();
    private boolean out;
    private volatile boolean closed;

    private TcpProxy(ServerSocketChannel server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on a free port and passes everything on to that port. */
    static TcpProxy to(int target) {
        try {
            var server = ServerSocketChannel.open().bind(loopback(0));
            var proxy = new TcpProxy(server, target);
            daemon(proxy::accept, "proxy-accept").start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("No TCP port is free for a proxy to port " + target, e);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Breaks all connections; new ones may be made at once. */
    void cut() {
        sockets.forEach(this::close);
    }

    int connections() {
        return sockets.size() / 2;
    }

    /** From now on nothing gets through, and nobody is told. */
    synchronized void pullOut() {
        out = true;
    }

    /** What was held up goes on. */
    synchronized void plugIn() {
        out = false;
        notifyAll();
    }

    private synchronized void awaitPlugged() throws InterruptedException {
        while (out && !closed) {
            wait();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                LOG.debug("No connection to port {}", target, e);
            }
        }
    }

    private void connect(SocketChannel client) throws IOException {
        sockets.add(client);
        try {
            var upstream = SocketChannel.open(loopback(target));
            sockets.add(upstream);
            daemon(() -> pump(client, upstream), "proxy-up").start();
            daemon(() -> pump(upstream, client), "proxy-down").start();
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private void pump(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                awaitPlugged();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            LOG.debug("A connection to port {} broke", target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(SocketChannel socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection to port {} could not be closed", target, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        plugIn();
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("The proxy to port {} could not be closed", target, e);
        }
        cut();
    }
}
