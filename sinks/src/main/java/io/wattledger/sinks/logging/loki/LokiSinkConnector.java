package io.wattledger.sinks.logging.loki;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes the ledger to Grafana Loki. */
public final class LokiSinkConnector extends LedgerSinkConnector {
    public LokiSinkConnector() {
        super(new LokiSinkType());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return LokiSinkTask.class;
    }
}
