package io.wattledger.collector.sensor.ipmi;

import io.wattledger.collector.sensor.Availability.Cause;
import java.io.IOException;

/** The controller gave no power, with the reason as message and what would help. */
final class NoPowerReadingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final String remedy;

    /** It is there and gives none. */
    NoPowerReadingException(String reason, String remedy) {
        this(Cause.SILENT, reason, remedy);
    }

    NoPowerReadingException(Cause cause, String reason, String remedy) {
        super(reason);
        this.cause = cause;
        this.remedy = remedy;
    }

    Cause cause() {
        return cause;
    }

    String remedy() {
        return remedy;
    }
}
