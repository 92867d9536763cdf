package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Sends runs, hosts and intensities as series to anything that takes Prometheus's remote write. Its topics are {@code
 * run-emissions}, and {@code emissions-ledger} and {@code host-hours} for what goes on now.
 */
public final class PrometheusRemoteWriteSinkConnector extends LedgerSinkConnector {
    public PrometheusRemoteWriteSinkConnector() {
        super(new RemoteWriteType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PrometheusRemoteWriteSinkTask.class;
    }
}
