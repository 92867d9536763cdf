package io.wattledger.collector.sensor.ipmi;

import java.io.IOException;

/** The controller gave no power, with the reason as message and what would help. */
final class NoPowerReadingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    NoPowerReadingException(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
