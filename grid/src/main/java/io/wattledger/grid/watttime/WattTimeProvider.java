package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedProvider;
import io.wattledger.grid.feed.FeedTools;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.Signal;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** WattTime as a provider. */
final class WattTimeProvider implements FeedProvider {
    private static final ConfigDef DEFINITION = WattTimeConfig.definition();

    @Override
    public ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    public String source(AbstractConfig settings) {
        return "WattTime";
    }

    @Override
    public Signal signal(AbstractConfig settings) {
        return WattTimeConfig.signal(settings).meaning();
    }

    @Override
    public String series(AbstractConfig settings) {
        return signal(settings).series() + "-" + WattTimeConfig.model(settings);
    }

    /** A series that does not name its model would have values of two of them some day. */
    @Override
    public List<String> problems(AbstractConfig settings) {
        var series = settings.getString(FeedConfig.SERIES).strip();
        var model = WattTimeConfig.model(settings).toString();
        if (series.isEmpty() || series.endsWith(model)) {
            return List.of();
        }
        return List.of(FeedConfig.SERIES + " is " + series + ", must end with the date of the model (" + model
                + "), as values of two models are never mixed; leave it empty for " + series(settings));
    }

    @Override
    public GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools) {
        return new WattTimeSource(WattTimeConfig.of(settings), tools);
    }
}
