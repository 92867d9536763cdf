package io.wattledger.grid.entsoe;

import io.wattledger.grid.feed.FeedSourceTask;

/** Reads its share of the zones of an {@link EntsoeSourceConnector}. */
public final class EntsoeSourceTask extends FeedSourceTask {
    public EntsoeSourceTask() {
        super(new EntsoeProvider());
    }
}
