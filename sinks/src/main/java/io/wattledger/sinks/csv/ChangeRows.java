package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.sinks.task.LedgerRecord;
import java.util.List;

/** One row for each change of a row of the ledger, with what it was and is. */
record ChangeRows(CsvPart file) implements Rows {
    @Override
    public List<CsvPart> parts() {
        return List.of(file);
    }

    @Override
    public void add(LedgerRecord record) {
        if (record.value() instanceof EmissionRevision revision) {
            file.add(ChangeCsv.row(record.rowName(revision.getRow()), revision));
        }
    }
}
