package io.wattledger.sinks.logging.google;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes the ledger to Google Cloud Logging. */
public final class GoogleCloudLoggingSinkConnector extends LedgerSinkConnector {
    public GoogleCloudLoggingSinkConnector() {
        super(new CloudLoggingSinkType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return GoogleCloudLoggingSinkTask.class;
    }
}
