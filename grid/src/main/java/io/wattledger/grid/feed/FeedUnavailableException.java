package io.wattledger.grid.feed;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No answer, or one that is broken; asking again may help. */
public final class FeedUnavailableException extends FeedException {
    private final @Nullable Instant notBefore;

    public FeedUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** @param notBefore when the source wants to be asked again; null where it does not say */
    public FeedUnavailableException(String message, @Nullable Throwable cause, @Nullable Instant notBefore) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
