package io.wattledger.cli.registry;

import org.jspecify.annotations.Nullable;

/** The topic of the registry could not be read or written in time. */
final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String what, @Nullable Throwable cause) {
        super(cause == null ? what : what + ": " + cause.getMessage(), cause);
    }
}
