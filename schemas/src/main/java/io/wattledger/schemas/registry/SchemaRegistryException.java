package io.wattledger.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The registry could not be reached or refused. It is a {@link SerializationException} because that is what Kafka and its
 * users expect of a serializer, whoever wrote it.
 */
public class SchemaRegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** Codes of the Confluent API that we act upon; 0 for a failure that came without one. */
    private final int code;

    private final boolean transientFailure;

    public SchemaRegistryException(String message) {
        this(message, 0, false, null);
    }

    SchemaRegistryException(String message, int code, boolean transientFailure, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.transientFailure = transientFailure;
    }

    /** The error code of the registry (40403: no such schema …), or 0. */
    public int code() {
        return code;
    }

    /** Whether the same call may succeed later: the registry was not reachable, or busy. */
    public boolean isTransient() {
        return transientFailure;
    }
}
