package io.wattledger.sinks.webhook;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link WebhookSinkConnector}. */
public final class WebhookSinkTask extends LedgerSinkTask {
    public WebhookSinkTask() {
        super(new WebhookSink());
    }
}
