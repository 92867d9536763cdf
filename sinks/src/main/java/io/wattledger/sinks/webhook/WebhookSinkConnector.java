package io.wattledger.sinks.webhook;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Posts records of the ledger to an address. */
public final class WebhookSinkConnector extends LedgerSinkConnector {
    public WebhookSinkConnector() {
        super(new WebhookSink());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WebhookSinkTask.class;
    }
}
