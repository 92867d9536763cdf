package io.wattledger.streams.api;

/** A question that has no answer: its message says why and what to ask instead. */
final class RefusedQuestionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of HTTP
     */
    RefusedQuestionException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
