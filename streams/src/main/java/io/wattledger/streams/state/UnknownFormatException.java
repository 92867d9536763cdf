package io.wattledger.streams.state;

import org.apache.kafka.common.errors.SerializationException;

/** State is in a format of another version, which this one cannot read however often it tries. */
public final class UnknownFormatException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(String message) {
        super(message);
    }
}
