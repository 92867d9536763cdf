package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.FeedSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Publishes marginal or average carbon intensities of WattTime. */
public final class WattTimeSourceConnector extends FeedSourceConnector {
    public WattTimeSourceConnector() {
        super(new WattTimeProvider());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WattTimeSourceTask.class;
    }
}
