package io.wattledger.schemas.registry;

/** The subject's compatibility level forbids the schema. */
public final class IncompatibleSchemaException extends SchemaRegistryException {
    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;

    private final String subject;
    private final String reason;

    public IncompatibleSchemaException(String subject, String reason) {
        super(
                "The schema does not go with what subject " + subject + " has already: " + reason
                        + " Use the version of Wattledger that wrote the newer schema, or delete the subject if its"
                        + " topic was deleted.",
                CONFLICT,
                false,
                null);
        this.subject = subject;
        this.reason = reason;
    }

    public String subject() {
        return subject;
    }

    /** What the registry says. */
    public String reason() {
        return reason;
    }
}
