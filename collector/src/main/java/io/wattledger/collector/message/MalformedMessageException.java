package io.wattledger.collector.message;

import org.jspecify.annotations.Nullable;

/** A message that lacks a value or holds one that cannot be read. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        this(message, null);
    }

    public MalformedMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
