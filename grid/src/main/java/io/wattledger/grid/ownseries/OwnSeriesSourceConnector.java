package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Publishes carbon intensities of a file or an address, CSV or JSON. */
public final class OwnSeriesSourceConnector extends FeedSourceConnector {
    public OwnSeriesSourceConnector() {
        super(new OwnSeriesProvider());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OwnSeriesSourceTask.class;
    }
}
