package io.wattledger.sinks.logging;

/** The backend does not take lines for what they say, while it takes others. */
public final class LinesRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean someTaken;

    private LinesRefusedException(String message, boolean someTaken) {
        super(message);
        this.someTaken = someTaken;
    }

    /** It has taken none, or those again would be no doubles: the lines may be sent in smaller parts to find the bad ones. */
    public static LinesRefusedException none(String message) {
        return new LinesRefusedException(message, false);
    }

    /** It has taken some and does not say which. */
    public static LinesRefusedException some(String message) {
        return new LinesRefusedException(message, true);
    }

    boolean someTaken() {
        return someTaken;
    }
}
