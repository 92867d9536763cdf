package io.wattledger.cli.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Something the user asked for could not be done. The message is the line the user reads: what was tried, with which
 * value, and what to do.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
