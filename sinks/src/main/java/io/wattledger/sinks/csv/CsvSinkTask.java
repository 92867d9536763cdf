package io.wattledger.sinks.csv;

import io.wattledger.sinks.task.LedgerSinkTask;

/** The task of {@link CsvSinkConnector}. */
public final class CsvSinkTask extends LedgerSinkTask {
    /** For use by the worker. */
    public CsvSinkTask() {
        super(new CsvSink());
    }
}
