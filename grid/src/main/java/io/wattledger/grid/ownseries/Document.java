package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedException;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The series of one location, read again when it has changed. It is looked at once for all its zones: the answer to the
 * first of them, good or bad, holds for a while.
 */
final class Document {
    private final OwnSeriesConfig config;
    private final FeedTools tools;
    private final Location location;
    private final Set<String> keys;
    private final Duration holds;
    private final Duration failureHolds;

    private Map<String, Timeline> timelines = Map.of();
    private List<Flaw> flaws = List.of();
    private Content.@Nullable Mark mark;
    private @Nullable FeedException failure;
    private Instant lookAgain = Instant.MIN;

    /** @param keys the zones that it has */
    Document(OwnSeriesConfig config, FeedTools tools, Location location, Collection<String> keys) {
        this.config = config;
        this.tools = tools;
        this.location = location;
        this.keys = Set.copyOf(keys);
        // Half of what is waited before each zone asks again: one look is for all of them, and none gets an old answer.
        this.holds = tools.feed().pollInterval().dividedBy(2);
        this.failureHolds = tools.feed().retryBackoff().dividedBy(2);
    }

    Timeline timeline(String key) throws FeedException, InterruptedException {
        var now = tools.clock().instant();
        if (!now.isBefore(lookAgain)) {
            look();
            lookAgain = now.plus(failure == null ? holds : failureHolds);
        }
        if (failure != null) {
            throw failure;
        }
        return timelines.getOrDefault(key, new Timeline(config.interval()));
    }

    private void look() throws InterruptedException {
        failure = null;
        try {
            var content = location.changedSince(mark);
            if (content.isPresent()) {
                read(content.get());
            }
        } catch (FeedException e) {
            failure = e;
        }
    }

    /** What cannot be read leaves the mark as it was, so that it is read, and told of, again. */
    private void read(Content content) throws FeedException {
        var found =
                keys.stream().collect(Collectors.toMap(Function.identity(), key -> new Timeline(config.interval())));
        var onlyKey = config.zoneField() ? null : keys.iterator().next();
        var reading = new Reading(config.reader(), tools.check(), content.version(), found, onlyKey);
        try {
            config.format().read(content.text(), reading);
        } catch (UnreadableException e) {
            throw new FeedUnavailableException(
                    "Cannot use " + location + ": " + e.getMessage() + "; it is read again when it has changed", null);
        }
        tell(reading.flaws());
        timelines = found;
        mark = content.mark();
    }

    private void tell(List<Flaw> now) throws FeedUnavailableException {
        if (!now.isEmpty() && !config.skipsBadRows()) {
            var texts = now.stream().limit(3).map(Flaw::text).collect(Collectors.joining("; "));
            throw new FeedUnavailableException(
                    "Cannot use " + location + ": " + now.size() + " bad rows (" + texts + "); put them right, or set "
                            + OwnSeriesConfig.BAD_ROWS + " to skip",
                    null);
        }
        for (var flaw : now) {
            if (!flaws.contains(flaw)) {
                (flaw.key() == null ? keys : Set.of(flaw.key()))
                        .forEach(key -> tools.check().refuse(key, location + ", " + flaw.text()));
            }
        }
        flaws = now;
    }
}
