package io.wattledger.sinks.csv;

import static io.wattledger.sinks.csv.CsvValues.decimal;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.BuildVersion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run in the 38 columns that CodeCarbon 3 writes, in its order and units: kg, kg/s, W, kWh, l. Its energies are those of
 * the facility (times PUE), its powers are not. What the ledger does not have (processor, place, versions) is empty.
 */
final class CodeCarbonCsv {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final int SCALE = 15;

    private record Run(RunEmissions run, ZoneId zone) {}

    private static final Columns<Run> COLUMNS = new Columns<Run>()
            .with("timestamp", CodeCarbonCsv::timestamp)
            .with("project_name", of(RunEmissions::getProject))
            .with("run_id", of(RunEmissions::getRun))
            .with("experiment_id", of(run -> run.getLabels().getOrDefault("experiment_id", "")))
            .with("duration", of(run -> decimal(RunCsv.durationMillis(run), 3)))
            .with("emissions", of(run -> decimal(run.getEmissionsMicrograms(), 9)))
            .with("emissions_rate", of(run -> perSecond(run, run.getEmissionsMicrograms(), 9)))
            .with("cpu_power", of(run -> perSecond(run, run.getCpuEnergyMillijoules(), 3)))
            .with("gpu_power", of(run -> perSecond(run, run.getGpuEnergyMillijoules(), 3)))
            .with("ram_power", of(run -> perSecond(run, run.getRamEnergyMillijoules(), 3)))
            .with("cpu_energy", of(run -> facilityKwh(run, run.getCpuEnergyMillijoules())))
            .with("gpu_energy", of(run -> facilityKwh(run, run.getGpuEnergyMillijoules())))
            .with("ram_energy", of(run -> facilityKwh(run, run.getRamEnergyMillijoules())))
            .with("energy_consumed", of(run -> CsvValues.kwh(run.getFacilityEnergyMillijoules())))
            .with("water_consumed", of(run -> decimal(waterMicrolitres(run), 6)))
            .with("country_name", of(run -> country(run, CodeCarbonCsv::name)))
            .with("country_iso_code", of(run -> country(run, CodeCarbonCsv::iso3)))
            .with("region", of(CodeCarbonCsv::region))
            .with("cloud_provider", nothing())
            .with("cloud_region", nothing())
            .with("os", nothing())
            .with("python_version", nothing())
            .with("codecarbon_version", of(run -> "wattledger-" + BuildVersion.text()))
            .with("cpu_count", nothing())
            .with("cpu_model", nothing())
            .with("gpu_count", nothing())
            .with("gpu_model", nothing())
            .with("longitude", nothing())
            .with("latitude", nothing())
            .with("ram_total_size", nothing())
            .with("tracking_mode", of(run -> "process"))
            .with("cpu_utilization_percent", nothing())
            .with("gpu_utilization_percent", nothing())
            .with("ram_utilization_percent", nothing())
            .with("ram_used_gb", nothing())
            // Its dashboard looks up the cloud's region where this is not N, and a run's is not in the ledger.
            .with("on_cloud", of(run -> "N"))
            .with("pue", of(CodeCarbonCsv::pue))
            .with("wue", of(CodeCarbonCsv::waterPerKwh));

    private CodeCarbonCsv() {}

    static List<String> header() {
        return COLUMNS.header();
    }

    /** @param zone of the time stamp, which CodeCarbon writes without one */
    static List<String> row(RunEmissions run, ZoneId zone) {
        return COLUMNS.row(new Run(run, zone));
    }

    private static Function<Run, String> of(Function<RunEmissions, String> value) {
        return it -> value.apply(it.run);
    }

    private static Function<Run, String> nothing() {
        return it -> "";
    }

    /** When the run ended; where that is not known, when this was known of it. */
    private static String timestamp(Run it) {
        var end = it.run.getFinished() == null ? it.run.getKnownAt() : it.run.getFinished();
        return STAMP.format(end.atZone(it.zone));
    }

    /** An amount per second of the run, on average; empty where its length is not known. */
    private static String perSecond(RunEmissions run, long amount, int decimals) {
        var millis = RunCsv.durationMillis(run);
        return millis == null || millis == 0
                ? ""
                : decimal(BigDecimal.valueOf(amount, decimals)
                        .divide(BigDecimal.valueOf(millis, 3), SCALE, RoundingMode.HALF_EVEN));
    }

    private static String facilityKwh(RunEmissions run, long millijoules) {
        if (run.getEnergyMillijoules() == 0) {
            return "0";
        }
        var joules = BigDecimal.valueOf(millijoules)
                .multiply(BigDecimal.valueOf(run.getFacilityEnergyMillijoules()))
                .divide(BigDecimal.valueOf(run.getEnergyMillijoules()), SCALE, RoundingMode.HALF_EVEN);
        return decimal(joules.divide(BigDecimal.valueOf(Energy.MILLIJOULES_PER_KWH), SCALE, RoundingMode.HALF_EVEN));
    }

    private static String pue(RunEmissions run) {
        return Ratios.pue(new Energy(run.getFacilityEnergyMillijoules()), new Energy(run.getEnergyMillijoules()))
                .map(CsvValues::decimal)
                .orElse("");
    }

    /** Water used on site, which is what CodeCarbon's water usage effectiveness stands for. */
    private static @Nullable Long waterMicrolitres(RunEmissions run) {
        var footprint = run.getFootprint();
        return footprint == null ? null : footprint.getOnSiteWaterMicrolitres();
    }

    private static String waterPerKwh(RunEmissions run) {
        var microlitres = waterMicrolitres(run);
        long facility = run.getFacilityEnergyMillijoules();
        return microlitres == null || facility == 0
                ? ""
                : decimal(BigDecimal.valueOf(microlitres, 6)
                        .multiply(BigDecimal.valueOf(Energy.MILLIJOULES_PER_KWH))
                        .divide(BigDecimal.valueOf(facility), 6, RoundingMode.HALF_EVEN));
    }

    /** Zones begin with the country's code: FR, US-NE-ISNE. */
    private static String country(RunEmissions run, Function<Locale, String> value) {
        var code = run.getZone().split("-", 2)[0];
        return COUNTRIES.contains(code) ? value.apply(new Locale("", code)) : "";
    }

    private static String name(Locale country) {
        return country.getDisplayCountry(Locale.ENGLISH);
    }

    private static String iso3(Locale country) {
        try {
            return country.getISO3Country();
        } catch (MissingResourceException e) {
            return "";
        }
    }

    private static String region(RunEmissions run) {
        return run.getZone().contains("-") ? run.getZone() : "";
    }
}
