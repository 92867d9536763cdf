package io.wattledger.grid.entsoe;

/** An answer that is cut off or has something in it that cannot be used; the message says where and what. */
final class MalformedAnswerException extends Exception {
    MalformedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
