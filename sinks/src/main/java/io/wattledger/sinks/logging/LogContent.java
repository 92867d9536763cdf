package io.wattledger.sinks.logging;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** What becomes a log line. */
enum LogContent {
    /** Runs that are finished or lost, each time their figures change. */
    RUNS,
    /** Rows of the ledger whose figures have changed after their slot had closed. */
    CHANGES,
    /** Rows of the ledger whose slot has closed. */
    ROWS;

    /** As it is written in settings. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<LogContent> of(Iterable<String> settings) {
        var contents = EnumSet.noneOf(LogContent.class);
        settings.forEach(setting -> contents.add(valueOf(setting.toUpperCase(Locale.ROOT))));
        return contents;
    }

    static String[] settings() {
        return Arrays.stream(values()).map(LogContent::setting).toArray(String[]::new);
    }

    /** Whether a record is of this kind, and as it is to stay. */
    boolean holds(SpecificRecord record) {
        return switch (this) {
            case RUNS ->
                record instanceof RunEmissions run
                        && (run.getStatus() == RunStatus.FINISHED || run.getStatus() == RunStatus.LOST);
            case CHANGES -> record instanceof EmissionRevision revision && revision.getReplacesRevision() != null;
            case ROWS ->
                (record instanceof EmissionRevision revision && revision.getReplacesRevision() == null)
                        || (record instanceof EmissionRow row && row.getRevision() > 0);
        };
    }
}
