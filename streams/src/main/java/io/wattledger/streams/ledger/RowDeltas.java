package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.streams.footprint.Footprints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the change of a row adds to the totals it belongs to. */
final class RowDeltas {
    private RowDeltas() {}

    /** Of a row that is new when {@code before} is null, and that is no more when {@code after} is. */
    static RowDelta between(@Nullable EmissionRow before, @Nullable EmissionRow after) {
        var delta = new RowDelta();
        delta.setEnergyMillijoules(change(before, after, EmissionRow::getEnergyMillijoules));
        delta.setFacilityEnergyMillijoules(change(before, after, EmissionRow::getFacilityEnergyMillijoules));
        delta.setCpuEnergyMillijoules(change(before, after, EmissionRow::getCpuEnergyMillijoules));
        delta.setGpuEnergyMillijoules(change(before, after, EmissionRow::getGpuEnergyMillijoules));
        delta.setRamEnergyMillijoules(change(before, after, EmissionRow::getRamEnergyMillijoules));
        delta.setOtherEnergyMillijoules(change(before, after, EmissionRow::getOtherEnergyMillijoules));
        delta.setEnergyByMethod(byMethod(before, after));
        delta.setBandMillijoules(change(before, after, EmissionRow::getBandMillijoules));
        delta.setCpuTimeNanos(change(before, after, EmissionRow::getCpuTimeNanos));
        delta.setMeasuredMillis(change(before, after, EmissionRow::getMeasuredMillis));
        delta.setEmissionsMicrograms(change(before, after, EmissionRow::getEmissionsMicrograms));
        delta.setCpuEmissionsMicrograms(change(before, after, EmissionRow::getCpuEmissionsMicrograms));
        delta.setGpuEmissionsMicrograms(change(before, after, EmissionRow::getGpuEmissionsMicrograms));
        delta.setRamEmissionsMicrograms(change(before, after, EmissionRow::getRamEmissionsMicrograms));
        delta.setOtherEmissionsMicrograms(change(before, after, EmissionRow::getOtherEmissionsMicrograms));
        delta.setFootprint(Footprints.change(
                before == null ? null : before.getFootprint(), after == null ? null : after.getFootprint()));
        delta.setIntensities(intensities(before, after));
        return delta;
    }

    private static long change(
            @Nullable EmissionRow before, @Nullable EmissionRow after, ToLongFunction<EmissionRow> figure) {
        return (after == null ? 0 : figure.applyAsLong(after)) - (before == null ? 0 : figure.applyAsLong(before));
    }

    private static Map<String, Long> byMethod(@Nullable EmissionRow before, @Nullable EmissionRow after) {
        var change = after == null ? new HashMap<String, Long>() : new HashMap<>(after.getEnergyByMethod());
        if (before != null) {
            before.getEnergyByMethod().forEach((method, energy) -> change.merge(method, -energy, Math::addExact));
        }
        change.values().removeIf(energy -> energy == 0);
        return change;
    }

    private static List<IntensityUse> intensities(@Nullable EmissionRow before, @Nullable EmissionRow after) {
        var uses = new ArrayList<IntensityUse>();
        if (before != null) {
            uses.add(use(before, -1));
        }
        if (after != null) {
            uses.add(use(after, 1));
        }
        return uses;
    }

    /** Adds one change to another of the same total. */
    static void add(RowDelta to, RowDelta change) {
        to.setEnergyMillijoules(Math.addExact(to.getEnergyMillijoules(), change.getEnergyMillijoules()));
        to.setFacilityEnergyMillijoules(
                Math.addExact(to.getFacilityEnergyMillijoules(), change.getFacilityEnergyMillijoules()));
        to.setCpuEnergyMillijoules(Math.addExact(to.getCpuEnergyMillijoules(), change.getCpuEnergyMillijoules()));
        to.setGpuEnergyMillijoules(Math.addExact(to.getGpuEnergyMillijoules(), change.getGpuEnergyMillijoules()));
        to.setRamEnergyMillijoules(Math.addExact(to.getRamEnergyMillijoules(), change.getRamEnergyMillijoules()));
        to.setOtherEnergyMillijoules(Math.addExact(to.getOtherEnergyMillijoules(), change.getOtherEnergyMillijoules()));
        change.getEnergyByMethod()
                .forEach((method, energy) -> to.getEnergyByMethod().merge(method, energy, Math::addExact));
        to.setBandMillijoules(Math.addExact(to.getBandMillijoules(), change.getBandMillijoules()));
        to.setCpuTimeNanos(Math.addExact(to.getCpuTimeNanos(), change.getCpuTimeNanos()));
        to.setMeasuredMillis(Math.addExact(to.getMeasuredMillis(), change.getMeasuredMillis()));
        to.setEmissionsMicrograms(Math.addExact(to.getEmissionsMicrograms(), change.getEmissionsMicrograms()));
        to.setCpuEmissionsMicrograms(Math.addExact(to.getCpuEmissionsMicrograms(), change.getCpuEmissionsMicrograms()));
        to.setGpuEmissionsMicrograms(Math.addExact(to.getGpuEmissionsMicrograms(), change.getGpuEmissionsMicrograms()));
        to.setRamEmissionsMicrograms(Math.addExact(to.getRamEmissionsMicrograms(), change.getRamEmissionsMicrograms()));
        to.setOtherEmissionsMicrograms(
                Math.addExact(to.getOtherEmissionsMicrograms(), change.getOtherEmissionsMicrograms()));
        to.setFootprint(Footprints.add(to.getFootprint(), change.getFootprint()));
        change.getIntensities().forEach(use -> addUse(to.getIntensities(), use));
    }

    private static void addUse(List<IntensityUse> uses, IntensityUse added) {
        for (var use : uses) {
            if (isSame(use, added)) {
                use.setEnergyMillijoules(Math.addExact(use.getEnergyMillijoules(), added.getEnergyMillijoules()));
                use.setEmissionsMicrograms(Math.addExact(use.getEmissionsMicrograms(), added.getEmissionsMicrograms()));
                return;
            }
        }
        uses.add(added);
    }

    private static boolean isSame(IntensityUse a, IntensityUse b) {
        return a.getZone().equals(b.getZone())
                && a.getRung() == b.getRung()
                && a.getIntensityZone().equals(b.getIntensityZone())
                && a.getIntensityZoneName().equals(b.getIntensityZoneName())
                && a.getIntensityYear() == b.getIntensityYear()
                && a.getIntensityMethod().equals(b.getIntensityMethod())
                && a.getIntensitySource().equals(b.getIntensitySource())
                && Objects.equals(a.getIntensityMicrogramsPerKwh(), b.getIntensityMicrogramsPerKwh());
    }

    private static IntensityUse use(EmissionRow row, int sign) {
        return new IntensityUse(
                row.getZone(),
                row.getRung(),
                row.getIntensityZone(),
                row.getIntensityZoneName(),
                row.getIntensityYear(),
                row.getIntensityMethod(),
                row.getIntensitySource(),
                isLive(row) ? null : row.getIntensityMicrogramsPerKwh(),
                sign * row.getEnergyMillijoules(),
                sign * row.getEmissionsMicrograms());
    }

    private static boolean isLive(EmissionRow row) {
        return row.getRung() == IntensityRung.LIVE_MEASURED || row.getRung() == IntensityRung.LIVE_ESTIMATED;
    }
}
