package io.wattledger.grid.feed;

import static java.util.stream.Collectors.toMap;

import io.wattledger.schemas.connect.BuildVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads its zones and publishes what they give. The task of a provider names the provider. */
public abstract class FeedSourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(FeedSourceTask.class);

    /** A worker may ask a task to stop only between polls, so none may take long. */
    private static final Duration POLL = Duration.ofMillis(500);

    private final FeedProvider provider;
    private final InstantSource clock;
    private @Nullable FeedRecords records;
    private volatile @Nullable FeedReader reader;

    protected FeedSourceTask(FeedProvider provider) {
        this(provider, InstantSource.system());
    }

    FeedSourceTask(FeedProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public final void start(Map<String, String> props) {
        var feed = FeedConfig.of(provider, props);
        var settings = new AbstractConfig(provider.definition(), props, false);
        var check = new IntensityCheck();
        var source = provider.open(settings, feed, new FeedTools(feed, clock, check));
        var offsets = context.offsetStorageReader();
        var published = new PublishedDays(feed, offsets);
        var now = clock.instant();
        var days = FeedPlan.backfillDays(feed, now);
        var missing =
                feed.zones().stream().collect(toMap(zone -> zone, zone -> published.incomplete(zone.zone(), days)));
        records = new FeedRecords(feed, provider.source(settings), offsets, published);
        var plan = new FeedPlan(feed, source.longestRange(), missing, now);
        reader = FeedReader.start(feed.name(), plan, source, check, clock);
        LOG.info(
                "Feed {} reads {} as series {}",
                feed.name(),
                feed.zones().stream().map(FeedZone::text).toList(),
                feed.series());
    }

    @Override
    public final @Nullable List<SourceRecord> poll() throws InterruptedException {
        var current = reader;
        var publisher = records;
        if (current == null || publisher == null) {
            return null;
        }
        var due = publisher.of(current.poll(POLL), clock.instant());
        return due.isEmpty() ? null : due;
    }

    @Override
    public final void stop() {
        var current = reader;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public final String version() {
        return BuildVersion.text();
    }
}
