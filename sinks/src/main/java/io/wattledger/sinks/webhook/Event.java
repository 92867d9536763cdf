package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.record.RecordJson;
import io.wattledger.sinks.task.LedgerRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as something that has happened.
 *
 * @param record what the ledger says
 * @param type what has happened, for example {@code io.wattledger.run.finished}
 * @param project project it is accounted to; null for what is of no project
 * @param energy IT energy
 * @param emissions its emissions
 * @param isCorrection whether it replaces figures that were final once
 */
record Event(
        LedgerRecord record,
        String type,
        @Nullable String project,
        Energy energy,
        Emissions emissions,
        boolean isCorrection) {
    private static final String PREFIX = "io.wattledger.";

    static Event of(LedgerRecord record) {
        var value = record.value();
        if (value instanceof RunEmissions run) {
            return ofRun(record, run);
        }
        if (value instanceof EmissionRow row) {
            return ofRow(record, row, "row.updated", row.getRevision() > 1);
        }
        if (value instanceof EmissionRevision revision) {
            boolean isCorrection = revision.getReplacesRevision() != null;
            return ofRow(record, revision.getRow(), isCorrection ? "row.restated" : "row.closed", isCorrection);
        }
        if (value instanceof DailyEmissions day) {
            return new Event(
                    record,
                    PREFIX + "day.updated",
                    day.getProject(),
                    new Energy(day.getEnergyMillijoules()),
                    new Emissions(day.getEmissionsMicrograms()),
                    false);
        }
        if (value instanceof HostHour hour) {
            return new Event(
                    record,
                    PREFIX + "hour.updated",
                    null,
                    new Energy(hour.getMeteredMillijoules()),
                    new Emissions(hour.getEmissionsMicrograms()),
                    false);
        }
        throw new IllegalArgumentException("Not a record of this sink: " + value.getSchema());
    }

    private static Event ofRun(LedgerRecord record, RunEmissions run) {
        boolean isCorrection = run.getRevision() > 1;
        var what = isCorrection ? "restated" : run.getStatus().name().toLowerCase(Locale.ROOT);
        return new Event(
                record,
                PREFIX + "run." + what,
                run.getProject(),
                new Energy(run.getEnergyMillijoules()),
                new Emissions(run.getEmissionsMicrograms()),
                isCorrection);
    }

    private static Event ofRow(LedgerRecord record, EmissionRow row, String what, boolean isCorrection) {
        return new Event(
                record,
                PREFIX + what,
                row.getProject(),
                new Energy(row.getEnergyMillijoules()),
                new Emissions(row.getEmissionsMicrograms()),
                isCorrection);
    }

    /** The same for the same version of the same record, and for nothing else. */
    String id() {
        return String.join(
                "/",
                record.value().getSchema().getName(),
                record.key(),
                Integer.toString(record.revision()),
                time().toString());
    }

    /** What it is about. */
    String subject() {
        return record.key();
    }

    /** When it became known. */
    Instant time() {
        return record.knownAt();
    }

    /** The run it is about, where it is about a whole one. */
    Optional<RunEmissions> run() {
        return record.value() instanceof RunEmissions run ? Optional.of(run) : Optional.empty();
    }

    ObjectNode data() {
        return RecordJson.of(record.value());
    }
}
