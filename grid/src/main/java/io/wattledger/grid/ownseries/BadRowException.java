package io.wattledger.grid.ownseries;

/** A row that cannot be used; the message says why, and what would do. */
final class BadRowException extends Exception {
    BadRowException(String message) {
        super(message);
    }

    /** {@code time is 'noon', must be …}. */
    BadRowException(Field field, String text, String must) {
        this(field.word() + " is '" + shortened(text) + "', must be " + must);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
