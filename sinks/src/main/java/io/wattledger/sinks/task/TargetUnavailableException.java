package io.wattledger.sinks.task;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The target is not to be had now: down, slow, full or out of quota. The same records are given to it again. */
public final class TargetUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    /** @param message what was tried and what came of it */
    public TargetUnavailableException(String message, @Nullable Throwable cause) {
        this(message, null, cause);
    }

    /** @param retryAfter how long the target asks to be left alone; null when it does not say */
    public TargetUnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the target asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
