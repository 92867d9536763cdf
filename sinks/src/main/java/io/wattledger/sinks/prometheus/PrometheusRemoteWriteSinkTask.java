package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of {@link PrometheusRemoteWriteSinkConnector}. */
public final class PrometheusRemoteWriteSinkTask extends LedgerSinkTask {
    public PrometheusRemoteWriteSinkTask() {
        super(new RemoteWriteType());
    }
}
