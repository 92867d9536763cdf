package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Lets Prometheus read runs, hosts and intensities from an endpoint of the task. Its topics are {@code run-emissions}, and
 * {@code emissions-ledger} and {@code host-hours} for what goes on now.
 */
public final class PrometheusScrapeSinkConnector extends LedgerSinkConnector {
    public PrometheusScrapeSinkConnector() {
        super(new ScrapeType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PrometheusScrapeSinkTask.class;
    }
}
