package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the messages.
 *
 * @param timeout longest time for each step
 * @param tls null for TCP alone
 */
record Receiver(
        String host, int port, Duration timeout, @Nullable SSLContext tls) {
    Connection connect() throws IOException {
        return Connection.to(this);
    }

    /**
     * What a failure means.
     *
     * @return that it is worth another try
     * @throws TargetRefusedException when it is not
     */
    TargetUnavailableException failure(String attempt, IOException e) {
        var what = "Cannot " + attempt + " " + this + " (" + reason(e) + ")";
        if (e instanceof SSLException && !isBroken(e)) {
            throw new TargetRefusedException(
                    what + ": check its certificate, which ones the settings syslog.ssl.… believe and show, and that it"
                            + " speaks TLS",
                    e);
        }
        return new TargetUnavailableException(what, e);
    }

    /** Whether the connection has ended, of which TLS makes an error of its own. */
    private static boolean isBroken(Throwable error) {
        for (var cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public String toString() {
        return "syslog receiver " + host + ":" + port;
    }
}
