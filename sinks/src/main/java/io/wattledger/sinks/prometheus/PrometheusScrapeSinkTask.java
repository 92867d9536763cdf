package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of {@link PrometheusScrapeSinkConnector}. */
public final class PrometheusScrapeSinkTask extends LedgerSinkTask {
    public PrometheusScrapeSinkTask() {
        super(new ScrapeType());
    }
}
