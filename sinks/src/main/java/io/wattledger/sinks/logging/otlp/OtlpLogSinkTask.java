package io.wattledger.sinks.logging.otlp;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of the {@link OtlpLogSinkConnector}. */
public final class OtlpLogSinkTask extends LedgerSinkTask {
    public OtlpLogSinkTask() {
        super(new OtlpSinkType());
    }
}
