package io.wattledger.streams.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures that every kind of total has. */
record Figures(
        Energy energy,
        Energy facilityEnergy,
        Energy cpuEnergy,
        Energy gpuEnergy,
        Energy ramEnergy,
        Energy otherEnergy,
        Map<String, Long> energyByMethod,
        Energy band,
        Emissions emissions,
        Emissions cpuEmissions,
        Emissions gpuEmissions,
        Emissions ramEmissions,
        Emissions otherEmissions,
        @Nullable FootprintTotal footprint,
        List<IntensityUse> intensities) {

    static Figures of(RunEmissions run) {
        return new Figures(
                new Energy(run.getEnergyMillijoules()),
                new Energy(run.getFacilityEnergyMillijoules()),
                new Energy(run.getCpuEnergyMillijoules()),
                new Energy(run.getGpuEnergyMillijoules()),
                new Energy(run.getRamEnergyMillijoules()),
                new Energy(run.getOtherEnergyMillijoules()),
                run.getEnergyByMethod(),
                new Energy(run.getBandMillijoules()),
                new Emissions(run.getEmissionsMicrograms()),
                new Emissions(run.getCpuEmissionsMicrograms()),
                new Emissions(run.getGpuEmissionsMicrograms()),
                new Emissions(run.getRamEmissionsMicrograms()),
                new Emissions(run.getOtherEmissionsMicrograms()),
                run.getFootprint(),
                run.getIntensities());
    }

    static Figures of(DailyEmissions day) {
        return new Figures(
                new Energy(day.getEnergyMillijoules()),
                new Energy(day.getFacilityEnergyMillijoules()),
                new Energy(day.getCpuEnergyMillijoules()),
                new Energy(day.getGpuEnergyMillijoules()),
                new Energy(day.getRamEnergyMillijoules()),
                new Energy(day.getOtherEnergyMillijoules()),
                day.getEnergyByMethod(),
                new Energy(day.getBandMillijoules()),
                new Emissions(day.getEmissionsMicrograms()),
                new Emissions(day.getCpuEmissionsMicrograms()),
                new Emissions(day.getGpuEmissionsMicrograms()),
                new Emissions(day.getRamEmissionsMicrograms()),
                new Emissions(day.getOtherEmissionsMicrograms()),
                day.getFootprint(),
                day.getIntensities());
    }

    /** The intensity in grams per kilowatt-hour: the one value where it is one, else the average. */
    Optional<BigDecimal> gramsPerKwh() {
        var only = intensities.size() == 1 ? intensities.get(0).getIntensityMicrogramsPerKwh() : null;
        return Ratios.gramsPerKwh(facilityEnergy, emissions, only == null ? null : new CarbonIntensity(only));
    }

    /** Where the intensity of most of the energy is from. */
    @Nullable
    String intensitySource() {
        var main = intensities.stream().max(Comparator.comparingLong(IntensityUse::getEnergyMillijoules));
        return main.map(use -> IntensityText.source(use)
                        + (intensities.size() == 1 ? "" : ", and " + (intensities.size() - 1) + " more"))
                .orElse(null);
    }

    /** Adds them to a JSON object: decimal numbers with the unit in the name. */
    void putTo(ObjectNode json) {
        json.put("energy_kwh", energy.kilowattHours());
        var energies = json.putObject("energy_kwh_by_component");
        energies.put("cpu", cpuEnergy.kilowattHours());
        energies.put("gpu", gpuEnergy.kilowattHours());
        energies.put("ram", ramEnergy.kilowattHours());
        energies.put("other", otherEnergy.kilowattHours());
        json.put("facility_energy_kwh", facilityEnergy.kilowattHours());
        json.put("emissions_g", emissions.grams());
        var emitted = json.putObject("emissions_g_by_component");
        emitted.put("cpu", cpuEmissions.grams());
        emitted.put("gpu", gpuEmissions.grams());
        emitted.put("ram", ramEmissions.grams());
        emitted.put("other", otherEmissions.grams());
        FootprintJson.put(json, footprint);
        json.put("intensity_g_per_kwh", gramsPerKwh().orElse(null));
        json.put("intensity_source", intensitySource());
        var uses = json.putArray("intensities");
        intensities.forEach(use -> uses.add(json(use)));
        json.put("method", String.join("+", new TreeMap<>(energyByMethod).keySet()));
        var methods = json.putObject("energy_kwh_by_method");
        new TreeMap<>(energyByMethod)
                .forEach((method, millijoules) -> methods.put(method, new Energy(millijoules).kilowattHours()));
        json.put("band_percent", bandPercent().orElse(null));
    }

    /** Half width of the error band in percent; nothing where nobody has told the error, which is not an error of 0. */
    Optional<BigDecimal> bandPercent() {
        return band.millijoules() == 0 ? Optional.empty() : Ratios.percent(band, energy);
    }

    private static @Nullable BigDecimal millionths(@Nullable Long amount) {
        return amount == null ? null : BigDecimal.valueOf(amount, 6);
    }

    private static ObjectNode json(IntensityUse use) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("zone", use.getZone());
        json.put("rung", IntensityText.rung(use.getRung()));
        json.put("intensity_zone", use.getIntensityZone());
        json.put("intensity_zone_name", use.getIntensityZoneName());
        json.put("year", use.getIntensityYear() == 0 ? null : use.getIntensityYear());
        json.put("method", use.getIntensityMethod());
        json.put("source", use.getIntensitySource());
        json.put("g_per_kwh", millionths(use.getIntensityMicrogramsPerKwh()));
        json.put("energy_kwh", new Energy(use.getEnergyMillijoules()).kilowattHours());
        json.put("emissions_g", new Emissions(use.getEmissionsMicrograms()).grams());
        return json;
    }
}
