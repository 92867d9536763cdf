package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.util.List;

/** A connection for each delivery, which the receiver confirms by closing it. */
final class ConfirmedDelivery implements LogBackend {
    private final SyslogFormat format;
    private final Receiver receiver;

    ConfirmedDelivery(SyslogFormat format, Receiver receiver) {
        this.format = format;
        this.receiver = receiver;
    }

    @Override
    public void send(List<LogLine> lines) throws TargetUnavailableException {
        try (var connection = receiver.connect()) {
            connection.write(format.of(lines));
            connection.finish();
        } catch (IOException e) {
            throw receiver.failure("deliver " + lines.size() + " lines to", e);
        }
    }
}
