package io.wattledger.cli.replay;

/** A row of an input file cannot be used. The message says why, and goes on after the number of its line. */
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRowException(String reason) {
        super(reason, null, false, false);
    }
}
