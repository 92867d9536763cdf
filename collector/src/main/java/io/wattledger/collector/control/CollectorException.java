package io.wattledger.collector.control;

import java.io.IOException;

/** The collector understood and refused; the text says why. */
public final class CollectorException extends IOException {
    private static final long serialVersionUID = 1L;

    public CollectorException(String message) {
        super(message);
    }
}
