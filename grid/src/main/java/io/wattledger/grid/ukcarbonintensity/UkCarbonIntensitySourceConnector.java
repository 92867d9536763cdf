package io.wattledger.grid.ukcarbonintensity;

import io.wattledger.grid.feed.FeedSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Publishes what the UK Carbon Intensity API says. */
public final class UkCarbonIntensitySourceConnector extends FeedSourceConnector {
    public UkCarbonIntensitySourceConnector() {
        super(new UkCarbonIntensityProvider());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return UkCarbonIntensitySourceTask.class;
    }
}
