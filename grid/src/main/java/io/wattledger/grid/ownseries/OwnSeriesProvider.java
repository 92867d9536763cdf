package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedProvider;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.Signal;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** One's own series as a provider. */
final class OwnSeriesProvider implements FeedProvider {
    private static final ConfigDef DEFINITION = OwnSeriesConfig.definition();

    @Override
    public ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    public String source(AbstractConfig settings) {
        return settings.getString(OwnSeriesConfig.SOURCE).strip();
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        return OwnSeriesConfig.signal(settings);
    }

    @Override
    public List<String> problems(AbstractConfig settings) {
        return OwnSeriesConfig.problems(settings);
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        return new OwnSeriesSource(OwnSeriesConfig.of(settings), tools);
    }
}
