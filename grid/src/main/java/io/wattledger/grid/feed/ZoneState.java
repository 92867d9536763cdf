package io.wattledger.grid.feed;

import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the feed of one zone is doing, and when to say so: at each change, and otherwise once an hour at most. */
final class ZoneState {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneState.class);
    private static final Duration REMINDER = Duration.ofHours(1);
    private static final String CONDITION = "state";
    private static final String SINCE = "since";
    private static final String LAST_VALUE = "lastValue";
    private static final String TOLD = "told";

    private final String feed;
    private final Duration staleAfter;
    private @Nullable FeedCondition condition;
    private Instant since = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
    private @Nullable Instant lastValue;
    private @Nullable Instant lastEnd;
    private boolean asked;
    private @Nullable FeedException newestFailure;
    private @Nullable FeedException forecastFailure;
    private @Nullable FeedException pastFailure;
    private Optional<String> refusals = Optional.empty();

    /**
     * @param feed name of the feed
     * @param offset the source offset of what was told last; null for nothing
     */
    ZoneState(String feed, Duration staleAfter, @Nullable Map<String, Object> offset) {
        this.feed = feed;
        this.staleAfter = staleAfter;
        if (offset != null
                && offset.get(CONDITION) instanceof String name
                && offset.get(SINCE) instanceof Number sinceMillis
                && offset.get(TOLD) instanceof Number toldMillis) {
            condition = Arrays.stream(FeedCondition.values())
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElse(null);
            since = Instant.ofEpochMilli(sinceMillis.longValue());
            told = Instant.ofEpochMilli(toldMillis.longValue());
            lastValue = offset.get(LAST_VALUE) instanceof Number last ? Instant.ofEpochMilli(last.longValue()) : null;
        }
    }

    void note(Outcome outcome) {
        refusals = outcome.refusals();
        switch (outcome.job().kind()) {
            case NEWEST -> {
                asked = true;
                newestFailure = outcome.failure();
                outcome.values().forEach(this::note);
            }
            case FORECAST -> forecastFailure = outcome.failure();
            case PAST -> pastFailure = outcome.failure();
        }
    }

    private void note(IntensityValue value) {
        if (lastValue == null || !value.start().isBefore(lastValue)) {
            lastValue = value.start();
            lastEnd = value.end();
        }
    }

    /** What is to be told now; empty when nothing is. */
    Optional<FeedState> due(Instant now) {
        if (!asked) {
            return Optional.empty();
        }
        var before = condition;
        var current = condition(now);
        boolean changed = current != before;
        if (!changed && now.isBefore(told.plus(REMINDER))) {
            return Optional.empty();
        }
        condition = current;
        since = changed ? now : since;
        told = now;
        var message = message(current);
        if (changed && current == FeedCondition.FRESH) {
            LOG.info("Feed {} is fresh. {}", feed, message);
        } else if (changed) {
            LOG.warn("Feed {} is {}. {}", feed, current, message);
        }
        return Optional.of(new FeedState(feed, current, since, lastValue, message));
    }

    /** The source offset that goes with what was told last. */
    Map<String, Object> offset() {
        var offset = new HashMap<String, Object>();
        offset.put(CONDITION, String.valueOf(condition));
        offset.put(SINCE, since.toEpochMilli());
        offset.put(TOLD, told.toEpochMilli());
        if (lastValue != null) {
            offset.put(LAST_VALUE, lastValue.toEpochMilli());
        }
        return offset;
    }

    private FeedCondition condition(Instant now) {
        if (newestFailure instanceof FeedQuotaException) {
            return FeedCondition.QUOTA;
        }
        if (newestFailure != null) {
            return FeedCondition.FAILING;
        }
        var end = lastEnd;
        return end == null || end.plus(staleAfter).isBefore(now) ? FeedCondition.STALE : FeedCondition.FRESH;
    }

    private String message(FeedCondition current) {
        var newest =
                switch (current) {
                    case QUOTA, FAILING -> said(newestFailure);
                    case STALE ->
                        "The source answers, but has no value that ends within the last " + staleAfter.toMinutes()
                                + " minutes"
                                + (lastValue == null ? "" : " (the newest starts at " + lastValue + ")")
                                + ". Nothing can be done here; its newer values are read when it has them";
                    case FRESH -> "The newest value starts at " + lastValue;
                };
        return Stream.of(
                        Optional.of(newest),
                        Optional.ofNullable(pastFailure).map(failure -> "The past could not be read: " + said(failure)),
                        Optional.ofNullable(forecastFailure)
                                .map(failure -> "The forecast could not be read: " + said(failure)),
                        refusals.map(text -> "Values that cannot be right: " + text))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(". "));
    }

    private static String said(@Nullable FeedException failure) {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }
}
