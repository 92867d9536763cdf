package io.wattledger.grid.feed;

import java.time.Instant;

/** The number of requests is used up, the source's or our own budget; the same question is good again later. */
public final class FeedQuotaException extends FeedException {
    private final Instant until;

    /** @param until from when on asking is allowed again */
    public FeedQuotaException(String message, Instant until) {
        super(message, null);
        this.until = until;
    }

    public Instant until() {
        return until;
    }
}
