package io.wattledger.grid.entsoe;

import io.wattledger.grid.feed.FeedSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Publishes the carbon intensity of what zones generate, from the ENTSO-E Transparency Platform. */
public final class EntsoeSourceConnector extends FeedSourceConnector {
    public EntsoeSourceConnector() {
        super(new EntsoeProvider());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return EntsoeSourceTask.class;
    }
}
