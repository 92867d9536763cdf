package io.wattledger.sinks.csv;

import static io.wattledger.sinks.csv.CsvValues.decimal;
import static io.wattledger.sinks.csv.CsvValues.grams;
import static io.wattledger.sinks.csv.CsvValues.gramsPerKwh;
import static io.wattledger.sinks.csv.CsvValues.kwh;
import static io.wattledger.sinks.csv.CsvValues.stamp;
import static io.wattledger.sinks.csv.CsvValues.text;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.sinks.task.LedgerRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a change of a row of the ledger: the row, why it was written again, and each figure with what it was. */
final class ChangeCsv {
    private record Change(LedgerRecord.RowName key, EmissionRevision revision) {
        EmissionRow row() {
            return revision.getRow();
        }
    }

    private static final Columns<Change> COLUMNS = new Columns<Change>()
            .with("slot_start_utc", it -> stamp(it.row().getSlotStart()))
            .with("slot_s", it -> decimal(it.row().getSlotLengthMillis(), 3))
            .with("run", it -> it.row().getRun())
            .with("host", it -> it.row().getHost())
            .with("key_zone", it -> it.key.zone())
            .with("key_pue", it -> pue(it.key.pueThousandths()))
            .with("revision", it -> Integer.toString(it.row().getRevision()))
            .with("known_at_utc", it -> stamp(it.row().getKnownAt()))
            .with("cause", it -> it.revision.getCause().name())
            .with("replaces_revision", it -> text(it.revision.getReplacesRevision()))
            .with("project", it -> it.row().getProject())
            .with("zone", it -> it.row().getZone())
            .with("previous_zone", it -> text(it.revision.getPreviousZone()))
            .with("pue", it -> pue(it.row().getPueThousandths()))
            .with("previous_pue", it -> pue(it.revision.getPreviousPueThousandths()))
            .with("energy_kwh", it -> kwh(it.row().getEnergyMillijoules()))
            .with("previous_energy_kwh", it -> kwh(it.revision.getPreviousEnergyMillijoules()))
            .with("intensity_g_per_kwh", it -> gramsPerKwh(it.row().getIntensityMicrogramsPerKwh()))
            .with("previous_intensity_g_per_kwh", it -> gramsPerKwh(it.revision.getPreviousIntensityMicrogramsPerKwh()))
            .with("intensity_source", it -> it.row().getIntensitySource())
            .with("previous_intensity_source", it -> text(it.revision.getPreviousIntensitySource()))
            .with("intensity_rung", it -> it.row().getRung().name())
            .with("emissions_g", it -> grams(it.row().getEmissionsMicrograms()))
            .with("previous_emissions_g", it -> grams(it.revision.getPreviousEmissionsMicrograms()))
            .with("who", it -> text(it.revision.getWho()))
            .with("why", it -> text(it.revision.getWhy()));

    private ChangeCsv() {}

    static List<String> header() {
        return COLUMNS.header();
    }

    static List<String> row(LedgerRecord.RowName key, EmissionRevision revision) {
        return COLUMNS.row(new Change(key, revision));
    }

    private static String pue(@Nullable Integer thousandths) {
        return thousandths == null ? "" : decimal(thousandths.longValue(), 3);
    }
}
