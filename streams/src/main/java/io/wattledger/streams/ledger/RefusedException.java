package io.wattledger.streams.ledger;

/** A record that was read but cannot be right; it goes to the dead letters with this message. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
