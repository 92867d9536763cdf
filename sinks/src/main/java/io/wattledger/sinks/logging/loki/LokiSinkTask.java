package io.wattledger.sinks.logging.loki;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link LokiSinkConnector}. */
public final class LokiSinkTask extends LedgerSinkTask {
    public LokiSinkTask() {
        super(new LokiSinkType());
    }
}
