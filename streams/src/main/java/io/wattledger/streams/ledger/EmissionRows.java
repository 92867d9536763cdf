package io.wattledger.streams.ledger;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.Footprint;
import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Emission rows: an energy row and the carbon intensity of its slot. */
final class EmissionRows {
    private EmissionRows() {}

    static EmissionRow of(
            EnergyRow energy, SlotIntensity intensity, @Nullable Footprint footprint, int revision, Instant knownAt) {
        var pue = new Pue(energy.getPueThousandths());
        var it = new Energy(energy.getEnergyMillijoules());
        var emissions = EmissionFormula.of(it, pue, new CarbonIntensity(intensity.microgramsPerKwh()));
        var byComponent = EmissionFormula.byComponent(
                emissions,
                energy.getCpuEnergyMillijoules(),
                energy.getGpuEnergyMillijoules(),
                energy.getRamEnergyMillijoules(),
                energy.getOtherEnergyMillijoules());
        var row = new EmissionRow();
        row.setRun(energy.getRun());
        row.setHost(energy.getHost());
        row.setSlotStart(energy.getSlotStart());
        row.setSlotLengthMillis(energy.getSlotLengthMillis());
        row.setZone(energy.getZone());
        row.setPueThousandths(energy.getPueThousandths());
        row.setProject(energy.getProject());
        row.setEnergyMillijoules(energy.getEnergyMillijoules());
        row.setCpuEnergyMillijoules(energy.getCpuEnergyMillijoules());
        row.setGpuEnergyMillijoules(energy.getGpuEnergyMillijoules());
        row.setRamEnergyMillijoules(energy.getRamEnergyMillijoules());
        row.setOtherEnergyMillijoules(energy.getOtherEnergyMillijoules());
        row.setEnergyByMethod(energy.getEnergyByMethod());
        row.setBandMillijoules(energy.getBandMillijoules());
        row.setCpuTimeNanos(energy.getCpuTimeNanos());
        row.setMeasuredMillis(energy.getMeasuredMillis());
        row.setFacilityEnergyMillijoules(pue.facility(it).millijoules());
        row.setIntensityMicrogramsPerKwh(intensity.microgramsPerKwh());
        row.setRung(intensity.rung());
        row.setIntensityZone(intensity.zone());
        row.setIntensityZoneName(intensity.zoneName());
        row.setIntensityYear(intensity.year());
        row.setIntensityMethod(intensity.method());
        row.setIntensitySource(intensity.source());
        row.setIntensityVersion(intensity.version());
        row.setEmissionsMicrograms(emissions.micrograms());
        row.setCpuEmissionsMicrograms(byComponent[0]);
        row.setGpuEmissionsMicrograms(byComponent[1]);
        row.setRamEmissionsMicrograms(byComponent[2]);
        row.setOtherEmissionsMicrograms(byComponent[3]);
        row.setFootprint(footprint);
        row.setRevision(revision);
        row.setKnownAt(knownAt);
        row.setSealed(energy.getSealed());
        return row;
    }

    /** The energy side of a row. */
    static EnergyRow energy(EmissionRow row) {
        var energy = new EnergyRow();
        energy.setRun(row.getRun());
        energy.setHost(row.getHost());
        energy.setSlotStart(row.getSlotStart());
        energy.setSlotLengthMillis(row.getSlotLengthMillis());
        energy.setZone(row.getZone());
        energy.setPueThousandths(row.getPueThousandths());
        energy.setProject(row.getProject());
        energy.setEnergyMillijoules(row.getEnergyMillijoules());
        energy.setCpuEnergyMillijoules(row.getCpuEnergyMillijoules());
        energy.setGpuEnergyMillijoules(row.getGpuEnergyMillijoules());
        energy.setRamEnergyMillijoules(row.getRamEnergyMillijoules());
        energy.setOtherEnergyMillijoules(row.getOtherEnergyMillijoules());
        energy.setEnergyByMethod(new HashMap<>(row.getEnergyByMethod()));
        energy.setBandMillijoules(row.getBandMillijoules());
        energy.setCpuTimeNanos(row.getCpuTimeNanos());
        energy.setMeasuredMillis(row.getMeasuredMillis());
        energy.setSealed(row.getSealed());
        return energy;
    }

    /** Whether both say the same of the same row, whenever and as whichever revision they became known. */
    static boolean sameFigures(@Nullable EmissionRow before, EmissionRow after) {
        if (before == null || before.getEnergyMillijoules() != after.getEnergyMillijoules()) {
            return false;
        }
        int revision = after.getRevision();
        var knownAt = after.getKnownAt();
        after.setRevision(before.getRevision());
        after.setKnownAt(before.getKnownAt());
        boolean same = after.equals(before);
        after.setRevision(revision);
        after.setKnownAt(knownAt);
        return same;
    }
}
