package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection for all. When the receiver has ended it, the last delivery is sent again over a new one: with that, the
 * newest lines are not lost, and those before may be, if the receiver had not read them.
 */
final class OpenConnection implements LogBackend {
    private static final byte[] NOTHING = {};

    private final SyslogFormat format;
    private final Receiver receiver;
    private @Nullable Connection connection;
    private byte[] last = NOTHING;

    OpenConnection(SyslogFormat format, Receiver receiver) {
        this.format = format;
        this.receiver = receiver;
    }

    @Override
    public void send(List<LogLine> lines) throws TargetUnavailableException {
        var messages = format.of(lines);
        write(messages);
        last = messages;
    }

    /** Looks once more before the lines count as delivered for good. */
    @Override
    public void confirm() throws TargetUnavailableException {
        if (last.length > 0) {
            write(NOTHING);
        }
    }

    private void write(byte[] messages) throws TargetUnavailableException {
        if (connection != null && isLost(connection)) {
            close();
        }
        try {
            if (connection == null) {
                connection = receiver.connect();
                connection.write(last);
            }
            connection.write(messages);
        } catch (IOException e) {
            close();
            throw receiver.failure("write to", e);
        }
    }

    private static boolean isLost(Connection connection) {
        try {
            return connection.isEnded();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
