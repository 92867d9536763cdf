package io.wattledger.collector.process;

import java.io.IOException;

/** There is no process or control group like the one that is to be followed; the text says which. */
public final class NoSuchWorkException extends IOException {
    private static final long serialVersionUID = 1L;

    NoSuchWorkException(String message) {
        super(message);
    }
}
