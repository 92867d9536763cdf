package io.wattledger.sinks.csv;

import io.wattledger.sinks.task.LedgerRecord;
import java.io.IOException;
import java.util.List;

/** Which rows a record makes, and in which files. */
interface Rows {
    /** The files, main file first. */
    List<CsvPart> parts();

    /** The files are as they were left; before the first record. */
    default void resumed() throws IOException {}

    /** Adds the rows of a record, which may be none, to the files. */
    void add(LedgerRecord record);
}
