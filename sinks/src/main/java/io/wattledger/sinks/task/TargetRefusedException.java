package io.wattledger.sinks.task;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** The target refuses whatever we send, as with wrong credentials. The task fails; it is restarted when that is mended. */
public final class TargetRefusedException extends ConnectException {
    private static final long serialVersionUID = 1;

    /** @param message what was tried, what came of it and what to do */
    public TargetRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
