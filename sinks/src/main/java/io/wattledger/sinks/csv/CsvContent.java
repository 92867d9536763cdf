package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** What the rows of a file are. */
enum CsvContent {
    RUNS(Set.of(RunEmissions.class)),
    LEDGER(Set.of(EmissionRow.class, EmissionRevision.class)),
    CHANGES(Set.of(EmissionRevision.class));

    private final Set<Class<? extends SpecificRecord>> records;

    CsvContent(Set<Class<? extends SpecificRecord>> records) {
        this.records = records;
    }

    /** The records they are made of. */
    Set<Class<? extends SpecificRecord>> records() {
        return records;
    }
}
