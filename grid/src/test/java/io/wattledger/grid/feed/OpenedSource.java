package io.wattledger.grid.feed;

import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/** A provider's source as a task opens it, for tests of the source alone. */
public record OpenedSource(GridIntensitySource source, FeedConfig feed, IntensityCheck check) {
    public static OpenedSource of(FeedProvider provider, Map<String, String> settings, InstantSource clock) {
        var feed = FeedConfig.of(provider, settings);
        var check = new IntensityCheck();
        var values = new AbstractConfig(provider.definition(), settings, false);
        return new OpenedSource(provider.open(values, feed, new FeedTools(feed, clock, check)), feed, check);
    }

    /** What was refused of a zone, in words; empty for nothing. */
    public String refusals(String key) {
        return check.refusals(key).orElse("");
    }
}
