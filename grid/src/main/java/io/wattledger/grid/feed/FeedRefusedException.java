package io.wattledger.grid.feed;

/** The source does not take the question: wrong credentials, wrong zone, or not in the contract. */
public final class FeedRefusedException extends FeedException {
    private final int status;
    private final String answer;

    /**
     * @param status HTTP status; 0 where there was none
     * @param answer what the source answered, for a source that reads it; never logged
     */
    public FeedRefusedException(String message, int status, String answer) {
        super(message, null);
        this.status = status;
        this.answer = answer;
    }

    public int status() {
        return status;
    }

    public String answer() {
        return answer;
    }
}
