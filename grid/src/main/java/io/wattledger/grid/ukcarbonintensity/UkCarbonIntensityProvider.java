package io.wattledger.grid.ukcarbonintensity;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedProvider;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.FeedZone;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.Signal;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The UK Carbon Intensity API, which has no settings of its own. */
final class UkCarbonIntensityProvider implements FeedProvider {
    /** Half hours; their actual value comes about an hour later. No limit of requests is published. */
    private static final FeedConfig.Defaults DEFAULTS = new FeedConfig.Defaults(
            "https://api.carbonintensity.org.uk", Duration.ofMinutes(15), Duration.ofHours(3), 600, true);

    private static final ConfigDef DEFINITION = FeedConfig.definition(DEFAULTS);

    @Override
    public ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    public String source(AbstractConfig settings) {
        return "UK Carbon Intensity API";
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        return Signal.AVERAGE_DIRECT;
    }

    @Override
    public List<String> problems(AbstractConfig settings) {
        return FeedConfig.zones(settings).stream()
                .map(FeedZone::key)
                .filter(key -> !UkZone.isKnown(key))
                .map(key -> FeedConfig.ZONES + " has " + key + ", the service has GB, and GB-1 to GB-17")
                .toList();
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        return new UkCarbonIntensitySource(feed, tools);
    }
}
