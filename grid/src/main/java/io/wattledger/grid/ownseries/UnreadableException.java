package io.wattledger.grid.ownseries;

/** Content that gives no rows; the message says why, and begins with "it". */
final class UnreadableException extends Exception {
    UnreadableException(String message) {
        super(message);
    }
}
