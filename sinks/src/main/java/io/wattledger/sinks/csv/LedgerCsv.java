package io.wattledger.sinks.csv;

import static io.wattledger.sinks.csv.CsvValues.decimal;
import static io.wattledger.sinks.csv.CsvValues.grams;
import static io.wattledger.sinks.csv.CsvValues.kwh;
import static io.wattledger.sinks.csv.CsvValues.stamp;
import static io.wattledger.sinks.csv.CsvValues.text;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.sinks.task.LedgerRecord;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a row of the ledger and their values. A value that is not known is empty, never 0. */
final class LedgerCsv {
    private record Row(LedgerRecord.RowName key, EmissionRow row) {
        <T> @Nullable T footprint(Function<Footprint, @Nullable T> value) {
            return row.getFootprint() == null ? null : value.apply(row.getFootprint());
        }
    }

    private static final Columns<Row> COLUMNS = new Columns<Row>()
            .with("slot_start_utc", it -> stamp(it.row.getSlotStart()))
            .with("slot_s", it -> decimal(it.row.getSlotLengthMillis(), 3))
            .with("run", it -> it.row.getRun())
            .with("host", it -> it.row.getHost())
            .with("key_zone", it -> it.key.zone())
            .with("key_pue", it -> decimal((long) it.key.pueThousandths(), 3))
            .with("revision", it -> Integer.toString(it.row.getRevision()))
            .with("known_at_utc", it -> stamp(it.row.getKnownAt()))
            .with("sealed", it -> Boolean.toString(it.row.getSealed()))
            .with("project", it -> it.row.getProject())
            .with("zone", it -> it.row.getZone())
            .with("pue", it -> decimal((long) it.row.getPueThousandths(), 3))
            .with("measured_s", it -> decimal(it.row.getMeasuredMillis(), 3))
            .with("cpu_time_s", it -> decimal(it.row.getCpuTimeNanos(), 9))
            .with("energy_kwh", it -> kwh(it.row.getEnergyMillijoules()))
            .with("cpu_energy_kwh", it -> kwh(it.row.getCpuEnergyMillijoules()))
            .with("gpu_energy_kwh", it -> kwh(it.row.getGpuEnergyMillijoules()))
            .with("ram_energy_kwh", it -> kwh(it.row.getRamEnergyMillijoules()))
            .with("other_energy_kwh", it -> kwh(it.row.getOtherEnergyMillijoules()))
            .with("facility_energy_kwh", it -> kwh(it.row.getFacilityEnergyMillijoules()))
            .with("band_percent", it -> CsvValues.band(it.row.getBandMillijoules(), it.row.getEnergyMillijoules()))
            .with("method", it -> CsvValues.methods(it.row.getEnergyByMethod()))
            .with("intensity_g_per_kwh", it -> CsvValues.gramsPerKwh(it.row.getIntensityMicrogramsPerKwh()))
            .with("intensity_zone", it -> it.row.getIntensityZone())
            .with("intensity_year", it -> CsvValues.year(it.row.getIntensityYear()))
            .with("intensity_method", it -> it.row.getIntensityMethod())
            .with("intensity_source", it -> it.row.getIntensitySource())
            .with("intensity_rung", it -> it.row.getRung().name())
            .with("emissions_g", it -> grams(it.row.getEmissionsMicrograms()))
            .with("cpu_emissions_g", it -> grams(it.row.getCpuEmissionsMicrograms()))
            .with("gpu_emissions_g", it -> grams(it.row.getGpuEmissionsMicrograms()))
            .with("ram_emissions_g", it -> grams(it.row.getRamEmissionsMicrograms()))
            .with("other_emissions_g", it -> grams(it.row.getOtherEmissionsMicrograms()))
            .with("market_basis", it -> text(it.footprint(Footprint::getMarketBasis)))
            .with("market_emissions_g", it -> grams(it.footprint(Footprint::getMarketEmissionsMicrograms)))
            .with("on_site_water_l", it -> decimal(it.footprint(Footprint::getOnSiteWaterMicrolitres), 6))
            .with("source_water_l", it -> decimal(it.footprint(Footprint::getSourceWaterMicrolitres), 6))
            .with("embodied_g", it -> grams(it.footprint(Footprint::getEmbodiedMicrograms)));

    private LedgerCsv() {}

    static List<String> header() {
        return COLUMNS.header();
    }

    static List<String> row(LedgerRecord.RowName key, EmissionRow row) {
        return COLUMNS.row(new Row(key, row));
    }
}
