package io.wattledger.grid.annual;

/** A table of annual intensities that cannot be used; the message names the file, the line and the reason. */
public final class InvalidTableException extends RuntimeException {
    InvalidTableException(String message, Throwable cause) {
        super(message, cause);
    }

    InvalidTableException(String file, int line, String reason) {
        super("Cannot use the intensity table " + file + ", line " + line + ": " + reason);
    }
}
