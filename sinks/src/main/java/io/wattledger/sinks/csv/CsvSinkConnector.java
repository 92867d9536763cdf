package io.wattledger.sinks.csv;

import io.wattledger.sinks.task.LedgerSinkConnector;
import org.apache.kafka.connect.connector.Task;

/** Writes runs, rows of the ledger or their changes to files of comma-separated values. */
public final class CsvSinkConnector extends LedgerSinkConnector {
    /** For use by name in a configuration. */
    public CsvSinkConnector() {
        super(new CsvSink());
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CsvSinkTask.class;
    }
}
