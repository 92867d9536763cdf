package io.wattledger.cli.audit;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import java.time.Instant;

/** The emission row that follows from an energy row and an intensity. */
final class Expected {
    private Expected() {}

    static EmissionRow row(EnergyRow energy, Intensity intensity) {
        var it = new Energy(energy.getEnergyMillijoules());
        var pue = new Pue(energy.getPueThousandths());
        var emissions = EmissionFormula.of(it, pue, new CarbonIntensity(intensity.microgramsPerKwh()));
        var parts = EmissionFormula.byComponent(
                emissions,
                energy.getCpuEnergyMillijoules(),
                energy.getGpuEnergyMillijoules(),
                energy.getRamEnergyMillijoules(),
                energy.getOtherEnergyMillijoules());
        return EmissionRow.newBuilder()
                .setRun(energy.getRun())
                .setHost(energy.getHost())
                .setSlotStart(energy.getSlotStart())
                .setSlotLengthMillis(energy.getSlotLengthMillis())
                .setZone(energy.getZone())
                .setPueThousandths(energy.getPueThousandths())
                .setProject(energy.getProject())
                .setEnergyMillijoules(energy.getEnergyMillijoules())
                .setCpuEnergyMillijoules(energy.getCpuEnergyMillijoules())
                .setGpuEnergyMillijoules(energy.getGpuEnergyMillijoules())
                .setRamEnergyMillijoules(energy.getRamEnergyMillijoules())
                .setOtherEnergyMillijoules(energy.getOtherEnergyMillijoules())
                .setEnergyByMethod(energy.getEnergyByMethod())
                .setBandMillijoules(energy.getBandMillijoules())
                .setCpuTimeNanos(energy.getCpuTimeNanos())
                .setMeasuredMillis(energy.getMeasuredMillis())
                .setFacilityEnergyMillijoules(pue.facility(it).millijoules())
                .setIntensityMicrogramsPerKwh(intensity.microgramsPerKwh())
                .setRung(intensity.rung())
                .setIntensityZone(intensity.zone())
                .setIntensityZoneName("")
                .setIntensityYear(intensity.year())
                .setIntensityMethod(intensity.method())
                .setIntensitySource(intensity.source())
                .setIntensityVersion(intensity.version())
                .setEmissionsMicrograms(emissions.micrograms())
                .setCpuEmissionsMicrograms(parts[0])
                .setGpuEmissionsMicrograms(parts[1])
                .setRamEmissionsMicrograms(parts[2])
                .setOtherEmissionsMicrograms(parts[3])
                .setKnownAt(Instant.EPOCH)
                .build();
    }
}
