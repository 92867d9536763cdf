package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a series is. */
interface Location {
    /**
     * What is there now; nothing where it has not changed.
     *
     * @param last mark of what was read last; null for nothing
     */
    Optional<Content> changedSince(Content.@Nullable Mark last) throws FeedException, InterruptedException;

    /** For people, without anything secret. */
    @Override
    String toString();
}
