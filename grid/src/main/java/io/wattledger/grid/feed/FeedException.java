package io.wattledger.grid.feed;

import org.jspecify.annotations.Nullable;

/** A source gave no answer that can be used. The message says what was tried and what to do, and has no secret in it. */
public abstract sealed class FeedException extends Exception
        permits FeedQuotaException, FeedRefusedException, FeedUnavailableException {
    FeedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
