package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.sinks.task.LedgerRecord;
import java.util.List;

/**
 * One row for each revision of a row of the ledger whose slot has closed. Rows of open slots change with every sample and are
 * left out.
 */
record LedgerRows(CsvPart file) implements Rows {
    @Override
    public List<CsvPart> parts() {
        return List.of(file);
    }

    @Override
    public void add(LedgerRecord record) {
        if (record.value() instanceof EmissionRow row && row.getRevision() > 0) {
            file.add(LedgerCsv.row(record.rowName(row), row));
        } else if (record.value() instanceof EmissionRevision revision) {
            file.add(LedgerCsv.row(record.rowName(revision.getRow()), revision.getRow()));
        }
    }
}
