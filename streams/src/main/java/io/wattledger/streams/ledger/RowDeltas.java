package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.state.RowDelta;
import io.wattledger.streams.footprint.Footprints;
import io.wattledger.streams.sums.IntensityUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** That of nothing. */
    static RowDelta none() {
        return between(null, null);
    }

    /** What a figure of a row has changed by; that of no row is 0. */
    static long change(@Nullable EmissionRow before, @Nullable EmissionRow after, ToLongFunction<EmissionRow> figure) {
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
        var uses = new ArrayList<IntensityUse>(2);
        if (before != null) {
            IntensityUses.add(uses, use(before, -1));
        }
        if (after != null) {
            IntensityUses.add(uses, use(after, 1));
        }
        return uses;
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
