package io.wattledger.grid.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of tokens, one per request. It holds a tenth of an hour's requests, so that what was saved may be used at once,
 * and fills up evenly; no hour has more requests than it may have.
 */
final class RequestBudget {
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final int perHour;
    private final long capacity;
    /** A token comes back after so long; slower than evenly over the hour, as a full bucket may have gone before. */
    private final long nanosPerToken;

    private long tokens;
    private @Nullable Instant filledAt;

    RequestBudget(int perHour) {
        this.perHour = perHour;
        this.capacity = Math.max(1, perHour / 10);
        this.nanosPerToken = HOUR_NANOS / (perHour - capacity + 1);
        this.tokens = capacity;
    }

    int perHour() {
        return perHour;
    }

    /** Takes a token; where there is none, tells when there will be one. */
    Optional<Instant> take(Instant now) {
        var filled = filledAt == null || now.isBefore(filledAt) ? now : filledAt;
        long back = Duration.between(filled, now).dividedBy(Duration.ofNanos(nanosPerToken));
        tokens = Math.min(capacity, tokens + back);
        filledAt = tokens == capacity ? now : filled.plusNanos(back * nanosPerToken);
        if (tokens == 0) {
            return Optional.of(filledAt.plusNanos(nanosPerToken));
        }
        tokens--;
        return Optional.empty();
    }
}
