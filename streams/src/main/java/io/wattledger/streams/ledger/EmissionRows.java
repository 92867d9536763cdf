package io.wattledger.streams.ledger;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Emission rows: an energy row and the carbon intensity of its slot. */
final class EmissionRows {
    private EmissionRows() {}

    static EmissionRow of(EnergyRow energy, SlotIntensity intensity, int revision, Instant knownAt) {
        var pue = new Pue(energy.getPueThousandths());
        var it = new Energy(energy.getEnergyMillijoules());
        var emissions = EmissionFormula.of(it, pue, new CarbonIntensity(intensity.microgramsPerKwh()));
        var byComponent = EmissionFormula.byComponent(
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
                .setEnergyByMethod(Map.copyOf(energy.getEnergyByMethod()))
                .setBandMillijoules(energy.getBandMillijoules())
                .setCpuTimeNanos(energy.getCpuTimeNanos())
                .setFacilityEnergyMillijoules(pue.facility(it).millijoules())
                .setIntensityMicrogramsPerKwh(intensity.microgramsPerKwh())
                .setRung(intensity.rung())
                .setIntensityZone(intensity.zone())
                .setIntensityZoneName(intensity.zoneName())
                .setIntensityYear(intensity.year())
                .setIntensityMethod(intensity.method())
                .setIntensitySource(intensity.source())
                .setIntensityVersion(intensity.version())
                .setEmissionsMicrograms(emissions.micrograms())
                .setCpuEmissionsMicrograms(byComponent[0])
                .setGpuEmissionsMicrograms(byComponent[1])
                .setRamEmissionsMicrograms(byComponent[2])
                .setOtherEmissionsMicrograms(byComponent[3])
                .setRevision(revision)
                .setKnownAt(knownAt)
                .setSealed(energy.getSealed())
                .build();
    }

    /** The energy side of a row, to add late samples to. */
    static EnergyRow energy(EmissionRow row) {
        return EnergyRow.newBuilder()
                .setRun(row.getRun())
                .setHost(row.getHost())
                .setSlotStart(row.getSlotStart())
                .setSlotLengthMillis(row.getSlotLengthMillis())
                .setZone(row.getZone())
                .setPueThousandths(row.getPueThousandths())
                .setProject(row.getProject())
                .setEnergyMillijoules(row.getEnergyMillijoules())
                .setCpuEnergyMillijoules(row.getCpuEnergyMillijoules())
                .setGpuEnergyMillijoules(row.getGpuEnergyMillijoules())
                .setRamEnergyMillijoules(row.getRamEnergyMillijoules())
                .setOtherEnergyMillijoules(row.getOtherEnergyMillijoules())
                .setEnergyByMethod(new HashMap<>(row.getEnergyByMethod()))
                .setBandMillijoules(row.getBandMillijoules())
                .setCpuTimeNanos(row.getCpuTimeNanos())
                .setSealed(row.getSealed())
                .build();
    }

    /** Whether both say the same of the same row, whenever and as whichever revision they became known. */
    static boolean sameFigures(@Nullable EmissionRow a, EmissionRow b) {
        if (a == null) {
            return false;
        }
        var other = EmissionRow.newBuilder(b)
                .setRevision(a.getRevision())
                .setKnownAt(a.getKnownAt())
                .build();
        return a.equals(other);
    }
}
