package io.wattledger.collector.publish;

/** Records could not be sent at present. The text says what was tried and what would help. */
public final class PublishException extends Exception {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
