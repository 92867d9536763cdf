package io.wattledger.sinks.webhook;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of a run in the units that experiment trackers show: kWh, g and s. */
final class RunFigures {
    private static final String PREFIX = "wattledger/";

    private RunFigures() {}

    /** By the name of the metric. */
    static Map<String, BigDecimal> metrics(RunEmissions run) {
        var metrics = new LinkedHashMap<String, BigDecimal>();
        metrics.put(PREFIX + "energy_kwh", kilowattHours(run.getEnergyMillijoules()));
        metrics.put(PREFIX + "facility_energy_kwh", kilowattHours(run.getFacilityEnergyMillijoules()));
        metrics.put(PREFIX + "cpu_energy_kwh", kilowattHours(run.getCpuEnergyMillijoules()));
        metrics.put(PREFIX + "gpu_energy_kwh", kilowattHours(run.getGpuEnergyMillijoules()));
        metrics.put(PREFIX + "ram_energy_kwh", kilowattHours(run.getRamEnergyMillijoules()));
        metrics.put(PREFIX + "other_energy_kwh", kilowattHours(run.getOtherEnergyMillijoules()));
        metrics.put(PREFIX + "energy_band_kwh", kilowattHours(run.getBandMillijoules()));
        metrics.put(PREFIX + "emissions_g", grams(run.getEmissionsMicrograms()));
        if (run.getSciMicrogramsPerUnit() != null) {
            metrics.put(PREFIX + "sci_g_per_unit", grams(run.getSciMicrogramsPerUnit()));
        }
        duration(run).ifPresent(time -> metrics.put(PREFIX + "duration_s", BigDecimal.valueOf(time.toMillis(), 3)));
        return metrics;
    }

    /** What is known of the run beside its figures, by name. */
    static Map<String, String> texts(RunEmissions run) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("wattledger.run", run.getRun());
        texts.put("wattledger.project", run.getProject());
        texts.put("wattledger.status", run.getStatus().name());
        texts.put("wattledger.revision", Integer.toString(run.getRevision()));
        texts.put("wattledger.zone", run.getZone());
        texts.put("wattledger.hosts", String.join(",", run.getHosts()));
        texts.put("wattledger.methods", String.join(",", new TreeMap<>(run.getEnergyByMethod()).keySet()));
        return texts;
    }

    /** From the start of the first host to the end of the last one. */
    static Optional<Duration> duration(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? Optional.empty()
                : Optional.of(Duration.between(run.getStarted(), run.getFinished()));
    }

    static BigDecimal kilowattHours(long millijoules) {
        return new Energy(millijoules).kilowattHours();
    }

    private static BigDecimal grams(long micrograms) {
        return new Emissions(micrograms).grams();
    }
}
