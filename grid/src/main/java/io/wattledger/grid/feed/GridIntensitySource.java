package io.wattledger.grid.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service or file that tells how carbon-intensive the electricity of a zone was. An implementation asks, reads the
 * answer and says what is in it; when to ask, slots, revisions, topics and states are the feed's. It is used by one
 * thread at a time. An interrupt ends a call that waits.
 */
public interface GridIntensitySource extends AutoCloseable {
    /**
     * The values whose interval overlaps the range and has begun, in any order, each interval once. A value that the source
     * has as null or does not have is left out; one that cannot be right is left out and told to {@link IntensityCheck}.
     * Nothing in the range is an empty list.
     *
     * @param key the source's own name of the zone
     * @param from inclusive
     * @param to exclusive, at most {@link #longestRange} after {@code from}
     * @throws FeedException when there is no answer, or one that cannot be used
     */
    List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException, InterruptedException;

    /**
     * The newest forecast; empty where the source has none.
     *
     * @param key the source's own name of the zone
     * @throws FeedException when there is no answer, or one that cannot be used
     */
    Optional<Forecast> forecast(String key) throws FeedException, InterruptedException;

    /** The longest range that {@link #read} takes at once, at least a day. */
    Duration longestRange();

    /** Gives back what it holds; by default that is nothing. */
    @Override
    default void close() {}
}
