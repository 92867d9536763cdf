package io.wattledger.sinks.logging.otlp;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes the ledger as logs to any backend that takes OTLP over HTTP. */
public final class OtlpLogSinkConnector extends LedgerSinkConnector {
    public OtlpLogSinkConnector() {
        super(new OtlpSinkType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OtlpLogSinkTask.class;
    }
}
