package io.wattledger.sinks.csv;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a run and their values. A value that is not known is empty, never 0. */
public final class RunCsv {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private record Column(String name, Function<RunEmissions, String> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("run", RunEmissions::getRun),
            new Column("project", RunEmissions::getProject),
            new Column("name", run -> text(run.getName())),
            new Column("user", run -> text(run.getUser())),
            new Column("labels", run -> labels(run.getLabels())),
            new Column("parent_run", run -> text(run.getParentRun())),
            new Column("hosts", run -> list(run.getHosts().stream())),
            new Column("zone", RunEmissions::getZone),
            new Column("status", run -> run.getStatus().name()),
            new Column("exit_code", run -> text(run.getExitCode())),
            new Column("started_utc", run -> stamp(run.getStarted())),
            new Column("finished_utc", run -> stamp(run.getFinished())),
            new Column("duration_s", RunCsv::duration),
            new Column("cpu_time_s", run -> decimal(BigDecimal.valueOf(run.getCpuTimeNanos(), 9))),
            new Column("energy_kwh", run -> kwh(run.getEnergyMillijoules())),
            new Column("cpu_energy_kwh", run -> kwh(run.getCpuEnergyMillijoules())),
            new Column("gpu_energy_kwh", run -> kwh(run.getGpuEnergyMillijoules())),
            new Column("ram_energy_kwh", run -> kwh(run.getRamEnergyMillijoules())),
            new Column("other_energy_kwh", run -> kwh(run.getOtherEnergyMillijoules())),
            new Column("facility_energy_kwh", run -> kwh(run.getFacilityEnergyMillijoules())),
            new Column("band_percent", RunCsv::band),
            new Column("emissions_g", run -> grams(run.getEmissionsMicrograms())),
            new Column("cpu_emissions_g", run -> grams(run.getCpuEmissionsMicrograms())),
            new Column("gpu_emissions_g", run -> grams(run.getGpuEmissionsMicrograms())),
            new Column("ram_emissions_g", run -> grams(run.getRamEmissionsMicrograms())),
            new Column("other_emissions_g", run -> grams(run.getOtherEmissionsMicrograms())),
            new Column("intensity_g_per_kwh", RunCsv::intensity),
            new Column("intensity_zone", run -> uses(run, IntensityUse::getIntensityZone)),
            new Column("intensity_year", run -> uses(run, RunCsv::year)),
            new Column("intensity_method", run -> uses(run, IntensityUse::getIntensityMethod)),
            new Column("intensity_source", run -> uses(run, IntensityUse::getIntensitySource)),
            new Column("intensity_rung", run -> uses(run, use -> use.getRung().name())),
            new Column("intensity_share", RunCsv::intensityShares),
            new Column("method", run -> methods(run.getEnergyByMethod())),
            new Column("revision", run -> Integer.toString(run.getRevision())),
            new Column("known_at_utc", run -> stamp(run.getKnownAt())));

    private RunCsv() {}

    /** Names of the columns. */
    public static List<String> header() {
        return COLUMNS.stream().map(Column::name).toList();
    }

    /** Values of the columns for a run. */
    public static List<String> row(RunEmissions run) {
        return COLUMNS.stream().map(column -> column.value().apply(run)).toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String stamp(@Nullable Instant instant) {
        return instant == null ? "" : STAMP.format(instant);
    }

    private static String duration(RunEmissions run) {
        if (run.getStarted() == null || run.getFinished() == null) {
            return "";
        }
        var duration = Duration.between(run.getStarted(), run.getFinished());
        return decimal(BigDecimal.valueOf(duration.toMillis(), 3));
    }

    private static String kwh(long millijoules) {
        return decimal(new Energy(millijoules).kilowattHours());
    }

    private static String grams(long micrograms) {
        return decimal(new Emissions(micrograms).grams());
    }

    /** Empty where nobody has told the error, which is not an error of 0. */
    private static String band(RunEmissions run) {
        if (run.getBandMillijoules() == 0) {
            return "";
        }
        return Ratios.percent(new Energy(run.getBandMillijoules()), new Energy(run.getEnergyMillijoules()))
                .map(RunCsv::decimal)
                .orElse("");
    }

    private static String intensity(RunEmissions run) {
        return Ratios.gramsPerKwh(
                        new Energy(run.getFacilityEnergyMillijoules()),
                        new Emissions(run.getEmissionsMicrograms()),
                        onlyIntensity(run))
                .map(RunCsv::decimal)
                .orElse("");
    }

    private static @Nullable CarbonIntensity onlyIntensity(RunEmissions run) {
        var uses = run.getIntensities();
        var value = uses.size() == 1 ? uses.get(0).getIntensityMicrogramsPerKwh() : null;
        return value == null ? null : new CarbonIntensity(value);
    }

    /** One value per intensity that was used, that of most of the energy first. */
    private static String uses(RunEmissions run, Function<IntensityUse, String> value) {
        return list(byEnergy(run.getIntensities()).map(value));
    }

    private static Stream<IntensityUse> byEnergy(Collection<IntensityUse> uses) {
        return uses.stream()
                .sorted(comparing(IntensityUse::getEnergyMillijoules).reversed());
    }

    private static String year(IntensityUse use) {
        return use.getIntensityYear() == 0 ? "" : Integer.toString(use.getIntensityYear());
    }

    private static String intensityShares(RunEmissions run) {
        var energies = byEnergy(run.getIntensities())
                .mapToLong(IntensityUse::getEnergyMillijoules)
                .toArray();
        return list(Ratios.shares(energies).stream().map(RunCsv::decimal));
    }

    /** {@code rapl=0.6;tdp-model=0.4}: each method with its share of the energy, the largest first. */
    private static String methods(Map<String, Long> energyByMethod) {
        var methods = new TreeMap<>(energyByMethod)
                .entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .toList();
        var shares =
                Ratios.shares(methods.stream().mapToLong(Map.Entry::getValue).toArray());
        var pairs = Stream.<String>builder();
        for (int i = 0; i < methods.size(); i++) {
            pairs.add(escaped(methods.get(i).getKey()) + "=" + decimal(shares.get(i)));
        }
        return pairs.build().collect(joining(";"));
    }

    private static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> escaped(label.getKey()) + "=" + escaped(label.getValue()))
                        .collect(joining(";"));
    }

    private static String list(Stream<String> values) {
        return values.map(RunCsv::escaped).collect(joining(";"));
    }

    /** What separates values within a field gets a backslash where it is part of a value. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(";", "\\;").replace("=", "\\=");
    }
}
