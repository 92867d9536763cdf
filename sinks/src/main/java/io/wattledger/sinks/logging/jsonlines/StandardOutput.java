package io.wattledger.sinks.logging.jsonlines;

import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/** The worker's standard output. */
final class StandardOutput implements LogBackend {
    /** Without {@link System#out}, which keeps errors to itself, so that a full disk looks like success. */
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    @Override
    public void send(List<LogLine> lines) throws TargetUnavailableException {
        try {
            out.write(JsonLines.of(lines));
        } catch (IOException e) {
            throw new TargetUnavailableException("Cannot write to standard output (" + e.getMessage() + ")", e);
        }
    }
}
