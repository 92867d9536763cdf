package io.wattledger.streams.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The total of a run as a JSON object: decimal numbers with the unit in the name, times in ISO 8601 UTC. */
public final class RunJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private RunJson() {}

    /** {@code energy_kwh} is IT energy, {@code facility_energy_kwh} is times PUE; emissions are of the latter. */
    public static ObjectNode of(RunEmissions run) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("run", run.getRun());
        json.put("project", run.getProject());
        json.put("name", run.getName());
        var labels = json.putObject("labels");
        new TreeMap<>(run.getLabels()).forEach(labels::put);
        json.put("user", run.getUser());
        json.put("parent_run", run.getParentRun());
        json.put("host", run.getHosts().isEmpty() ? null : run.getHosts().get(0));
        run.getHosts().forEach(json.putArray("hosts")::add);
        json.put("zone", run.getZone());
        json.put("started", text(run.getStarted()));
        json.put("finished", text(run.getFinished()));
        json.put("duration_s", duration(run));
        json.put("exit_code", run.getExitCode());
        json.put("status", run.getStatus().name().toLowerCase(Locale.ROOT));
        json.put("cpu_time_s", BigDecimal.valueOf(run.getCpuTimeNanos(), 9));
        putFigures(json, run);
        FootprintJson.put(json, run);
        json.put("revision", run.getRevision());
        json.put("known_at", text(run.getKnownAt()));
        return json;
    }

    private static void putFigures(ObjectNode json, RunEmissions run) {
        var it = new Energy(run.getEnergyMillijoules());
        var facility = new Energy(run.getFacilityEnergyMillijoules());
        var emissions = new Emissions(run.getEmissionsMicrograms());
        json.put("energy_kwh", it.kilowattHours());
        var energy = json.putObject("energy_kwh_by_component");
        energy.put("cpu", kilowattHours(run.getCpuEnergyMillijoules()));
        energy.put("gpu", kilowattHours(run.getGpuEnergyMillijoules()));
        energy.put("ram", kilowattHours(run.getRamEnergyMillijoules()));
        energy.put("other", kilowattHours(run.getOtherEnergyMillijoules()));
        json.put("facility_energy_kwh", facility.kilowattHours());
        json.put("emissions_g", emissions.grams());
        var emitted = json.putObject("emissions_g_by_component");
        emitted.put("cpu", new Emissions(run.getCpuEmissionsMicrograms()).grams());
        emitted.put("gpu", new Emissions(run.getGpuEmissionsMicrograms()).grams());
        emitted.put("ram", new Emissions(run.getRamEmissionsMicrograms()).grams());
        emitted.put("other", new Emissions(run.getOtherEmissionsMicrograms()).grams());
        json.put("intensity_g_per_kwh", RunText.gramsPerKwh(run).orElse(null));
        json.put("intensity_source", RunText.intensitySource(run));
        var intensities = json.putArray("intensities");
        run.getIntensities().forEach(use -> intensities.add(intensity(use)));
        json.put("method", String.join("+", new TreeMap<>(run.getEnergyByMethod()).keySet()));
        var methods = json.putObject("energy_kwh_by_method");
        new TreeMap<>(run.getEnergyByMethod())
                .forEach((method, millijoules) -> methods.put(method, kilowattHours(millijoules)));
        json.put(
                "band_percent",
                Ratios.percent(new Energy(run.getBandMillijoules()), it).orElse(null));
    }

    private static ObjectNode intensity(IntensityUse use) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("zone", use.getZone());
        json.put("rung", use.getRung().name().toLowerCase(Locale.ROOT));
        json.put("intensity_zone", use.getIntensityZone());
        json.put("intensity_zone_name", use.getIntensityZoneName());
        json.put("year", use.getIntensityYear() == 0 ? null : use.getIntensityYear());
        json.put("method", use.getIntensityMethod());
        json.put("source", use.getIntensitySource());
        json.put("g_per_kwh", gramsPerKwh(use));
        json.put("energy_kwh", kilowattHours(use.getEnergyMillijoules()));
        json.put("emissions_g", new Emissions(use.getEmissionsMicrograms()).grams());
        return json;
    }

    private static @Nullable BigDecimal gramsPerKwh(IntensityUse use) {
        var value = use.getIntensityMicrogramsPerKwh();
        return value == null ? null : BigDecimal.valueOf(value, 6);
    }

    private static BigDecimal kilowattHours(long millijoules) {
        return new Energy(millijoules).kilowattHours();
    }

    private static @Nullable BigDecimal duration(RunEmissions run) {
        return run.getStarted() == null || run.getFinished() == null
                ? null
                : BigDecimal.valueOf(
                        Duration.between(run.getStarted(), run.getFinished()).toMillis(), 3);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** The object as indented text. */
    public static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write as JSON: " + json, e);
        }
    }
}
