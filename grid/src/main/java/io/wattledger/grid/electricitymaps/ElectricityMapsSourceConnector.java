package io.wattledger.grid.electricitymaps;

import io.wattledger.grid.feed.FeedSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Publishes what Electricity Maps says. */
public final class ElectricityMapsSourceConnector extends FeedSourceConnector {
    public ElectricityMapsSourceConnector() {
        super(new ElectricityMapsProvider());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ElectricityMapsSourceTask.class;
    }
}
