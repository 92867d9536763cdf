package io.wattledger.grid.electricitymaps;

import io.wattledger.grid.feed.FeedSourceTask;

/** Reads some zones from Electricity Maps. */
public final class ElectricityMapsSourceTask extends FeedSourceTask {
    public ElectricityMapsSourceTask() {
        super(new ElectricityMapsProvider());
    }
}
