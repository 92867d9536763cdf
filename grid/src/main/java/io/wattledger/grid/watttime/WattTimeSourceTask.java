package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.FeedSourceTask;

/** Reads regions of WattTime. */
public final class WattTimeSourceTask extends FeedSourceTask {
    public WattTimeSourceTask() {
        super(new WattTimeProvider());
    }
}
