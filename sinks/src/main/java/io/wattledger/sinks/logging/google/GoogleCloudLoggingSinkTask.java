package io.wattledger.sinks.logging.google;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link GoogleCloudLoggingSinkConnector}. */
public final class GoogleCloudLoggingSinkTask extends LedgerSinkTask {
    public GoogleCloudLoggingSinkTask() {
        super(new CloudLoggingSinkType());
    }
}
