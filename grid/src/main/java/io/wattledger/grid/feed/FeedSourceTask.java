package io.wattledger.grid.feed;

import io.wattledger.grid.BuildVersion;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Reads its zones and publishes what they give. The task of a provider names the provider. */
public abstract class FeedSourceTask extends SourceTask {
    private final FeedProvider provider;

    protected FeedSourceTask(FeedProvider provider) {
        this.provider = provider;
    }

    @Override
    public final void start(Map<String, String> props) {
        FeedConfig.of(provider, props);
    }

    @Override
    public final @Nullable List<SourceRecord> poll() throws InterruptedException {
        return null;
    }

    @Override
    public final void stop() {}

    @Override
    public final String version() {
        return BuildVersion.text();
    }
}
