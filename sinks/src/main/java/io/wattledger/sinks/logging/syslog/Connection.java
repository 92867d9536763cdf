package io.wattledger.sinks.logging.syslog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection to a receiver, over which nothing comes back but its end. */
final class Connection implements AutoCloseable {
    private static final int AT_ONCE_MILLIS = 1;

    private final Socket transport;
    private final Duration timeout;
    private Socket socket;
    private volatile boolean isLate;

    private Connection(Socket transport, Duration timeout) {
        this.transport = transport;
        this.socket = transport;
        this.timeout = timeout;
    }

    static Connection to(Receiver receiver) throws IOException {
        var transport = new Socket();
        var connection = new Connection(transport, receiver.timeout());
        try {
            transport.connect(new InetSocketAddress(receiver.host(), receiver.port()), (int)
                    receiver.timeout().toMillis());
            if (receiver.tls() != null) {
                connection.agreeOnTls(receiver.tls(), receiver);
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void agreeOnTls(SSLContext tls, Receiver receiver) throws IOException {
        var secure = (SSLSocket) tls.getSocketFactory().createSocket(transport, receiver.host(), receiver.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        socket = secure;
        inTime(secure::startHandshake);
    }

    void write(byte[] messages) throws IOException {
        inTime(() -> {
            socket.getOutputStream().write(messages);
            socket.getOutputStream().flush();
        });
    }

    /**
     * Ends our side and waits until the receiver, which has read up to there, ends its own.
     *
     * @throws IOException when it has ended it before, or ends it in another way, as with something unread
     */
    void finish() throws IOException {
        if (isEnded()) {
            throw new IOException("it has closed the connection before its end");
        }
        inTime(() -> {
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // A receiver has nothing to say.
            }
        });
    }

    /**
     * Whether the receiver has ended it in good order, as far as is known here.
     *
     * @throws IOException when it has ended in another way
     */
    boolean isEnded() throws IOException {
        try {
            socket.setSoTimeout(AT_ONCE_MILLIS);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A write to a receiver that does not read has no end but that of its connection. */
    private void inTime(Step step) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        var end = CompletableFuture.runAsync(
                this::giveUp, CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
        try {
            step.run();
        } catch (IOException e) {
            if (isLate || e instanceof SocketTimeoutException) {
                throw new IOException("not done within " + timeout.toMillis() + " ms", e);
            }
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    private void giveUp() {
        isLate = true;
        close();
    }

    /** At once; what was written but not confirmed is given up. */
    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
