package io.wattledger.sinks.csv;

import static io.wattledger.sinks.csv.CsvValues.decimal;
import static io.wattledger.sinks.csv.CsvValues.grams;
import static io.wattledger.sinks.csv.CsvValues.kwh;
import static io.wattledger.sinks.csv.CsvValues.list;
import static io.wattledger.sinks.csv.CsvValues.stamp;
import static io.wattledger.sinks.csv.CsvValues.text;
import static java.util.Comparator.comparing;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a run and their values. A value that is not known is empty, never 0. */
public final class RunCsv {
    private static final Columns<RunEmissions> COLUMNS = new Columns<RunEmissions>()
            .with("run", RunEmissions::getRun)
            .with("project", RunEmissions::getProject)
            .with("name", run -> text(run.getName()))
            .with("user", run -> text(run.getUser()))
            .with("labels", run -> CsvValues.labels(run.getLabels()))
            .with("parent_run", run -> text(run.getParentRun()))
            .with("hosts", run -> list(run.getHosts(), host -> host))
            .with("zone", RunEmissions::getZone)
            .with("status", run -> run.getStatus().name())
            .with("exit_code", run -> text(run.getExitCode()))
            .with("started_utc", run -> stamp(run.getStarted()))
            .with("finished_utc", run -> stamp(run.getFinished()))
            .with("duration_s", run -> decimal(durationMillis(run), 3))
            .with("cpu_time_s", run -> decimal(run.getCpuTimeNanos(), 9))
            .with("energy_kwh", run -> kwh(run.getEnergyMillijoules()))
            .with("cpu_energy_kwh", run -> kwh(run.getCpuEnergyMillijoules()))
            .with("gpu_energy_kwh", run -> kwh(run.getGpuEnergyMillijoules()))
            .with("ram_energy_kwh", run -> kwh(run.getRamEnergyMillijoules()))
            .with("other_energy_kwh", run -> kwh(run.getOtherEnergyMillijoules()))
            .with("facility_energy_kwh", run -> kwh(run.getFacilityEnergyMillijoules()))
            .with("band_percent", run -> CsvValues.band(run.getBandMillijoules(), run.getEnergyMillijoules()))
            .with("emissions_g", run -> grams(run.getEmissionsMicrograms()))
            .with("cpu_emissions_g", run -> grams(run.getCpuEmissionsMicrograms()))
            .with("gpu_emissions_g", run -> grams(run.getGpuEmissionsMicrograms()))
            .with("ram_emissions_g", run -> grams(run.getRamEmissionsMicrograms()))
            .with("other_emissions_g", run -> grams(run.getOtherEmissionsMicrograms()))
            .with("intensity_g_per_kwh", RunCsv::intensity)
            .with("intensity_zone", run -> uses(run, IntensityUse::getIntensityZone))
            .with("intensity_year", run -> uses(run, use -> CsvValues.year(use.getIntensityYear())))
            .with("intensity_method", run -> uses(run, IntensityUse::getIntensityMethod))
            .with("intensity_source", run -> uses(run, IntensityUse::getIntensitySource))
            .with("intensity_rung", run -> uses(run, use -> use.getRung().name()))
            .with("intensity_share", RunCsv::intensityShares)
            .with("method", run -> CsvValues.methods(run.getEnergyByMethod()))
            .with("revision", run -> Integer.toString(run.getRevision()))
            .with("known_at_utc", run -> stamp(run.getKnownAt()));

    private RunCsv() {}

    /** Names of the columns. */
    public static List<String> header() {
        return COLUMNS.header();
    }

    /** Values of the columns for a run. */
    public static List<String> row(RunEmissions run) {
        return COLUMNS.row(run);
    }

    /** From start to end; null where one of them is not known. */
    static @Nullable Long durationMillis(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? null
                : Duration.between(run.getStarted(), run.getFinished()).toMillis();
    }

    private static String intensity(RunEmissions run) {
        return Ratios.gramsPerKwh(
                        new Energy(run.getFacilityEnergyMillijoules()),
                        new Emissions(run.getEmissionsMicrograms()),
                        onlyIntensity(run))
                .map(CsvValues::decimal)
                .orElse("");
    }

    private static @Nullable CarbonIntensity onlyIntensity(RunEmissions run) {
        var uses = run.getIntensities();
        var value = uses.size() == 1 ? uses.get(0).getIntensityMicrogramsPerKwh() : null;
        return value == null ? null : new CarbonIntensity(value);
    }

    /** One value per intensity that was used, that of most of the energy first. */
    private static String uses(RunEmissions run, Function<IntensityUse, String> value) {
        return list(byEnergy(run.getIntensities()), value);
    }

    private static List<IntensityUse> byEnergy(List<IntensityUse> uses) {
        return uses.size() < 2
                ? uses
                : uses.stream()
                        .sorted(comparing(IntensityUse::getEnergyMillijoules).reversed())
                        .toList();
    }

    private static String intensityShares(RunEmissions run) {
        var energies = byEnergy(run.getIntensities()).stream()
                .mapToLong(IntensityUse::getEnergyMillijoules)
                .toArray();
        return list(Ratios.shares(energies), CsvValues::decimal);
    }
}
