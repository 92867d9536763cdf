package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedSourceTask;

/** Reads a file or an address. */
public final class OwnSeriesSourceTask extends FeedSourceTask {
    public OwnSeriesSourceTask() {
        super(new OwnSeriesProvider());
    }
}
