package io.wattledger.grid.ukcarbonintensity;

import io.wattledger.grid.feed.FeedSourceTask;

/** Reads some zones from the UK Carbon Intensity API. */
public final class UkCarbonIntensitySourceTask extends FeedSourceTask {
    public UkCarbonIntensitySourceTask() {
        super(new UkCarbonIntensityProvider());
    }
}
