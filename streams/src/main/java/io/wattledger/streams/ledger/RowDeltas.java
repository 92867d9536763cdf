package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.state.RowDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the change of a row adds to the totals it belongs to. */
final class RowDeltas {
    private RowDeltas() {}

    static RowDelta between(@Nullable EmissionRow before, EmissionRow after) {
        return RowDelta.newBuilder()
                .setEnergyMillijoules(change(before, after, EmissionRow::getEnergyMillijoules))
                .setFacilityEnergyMillijoules(change(before, after, EmissionRow::getFacilityEnergyMillijoules))
                .setCpuEnergyMillijoules(change(before, after, EmissionRow::getCpuEnergyMillijoules))
                .setGpuEnergyMillijoules(change(before, after, EmissionRow::getGpuEnergyMillijoules))
                .setRamEnergyMillijoules(change(before, after, EmissionRow::getRamEnergyMillijoules))
                .setOtherEnergyMillijoules(change(before, after, EmissionRow::getOtherEnergyMillijoules))
                .setEnergyByMethod(byMethod(before, after))
                .setBandMillijoules(change(before, after, EmissionRow::getBandMillijoules))
                .setCpuTimeNanos(change(before, after, EmissionRow::getCpuTimeNanos))
                .setEmissionsMicrograms(change(before, after, EmissionRow::getEmissionsMicrograms))
                .setCpuEmissionsMicrograms(change(before, after, EmissionRow::getCpuEmissionsMicrograms))
                .setGpuEmissionsMicrograms(change(before, after, EmissionRow::getGpuEmissionsMicrograms))
                .setRamEmissionsMicrograms(change(before, after, EmissionRow::getRamEmissionsMicrograms))
                .setOtherEmissionsMicrograms(change(before, after, EmissionRow::getOtherEmissionsMicrograms))
                .setIntensities(intensities(before, after))
                .build();
    }

    private static long change(@Nullable EmissionRow before, EmissionRow after, ToLongFunction<EmissionRow> figure) {
        return figure.applyAsLong(after) - (before == null ? 0 : figure.applyAsLong(before));
    }

    private static Map<String, Long> byMethod(@Nullable EmissionRow before, EmissionRow after) {
        var change = new HashMap<>(after.getEnergyByMethod());
        if (before != null) {
            before.getEnergyByMethod().forEach((method, energy) -> change.merge(method, -energy, Math::addExact));
        }
        change.values().removeIf(energy -> energy == 0);
        return change;
    }

    private static List<IntensityUse> intensities(@Nullable EmissionRow before, EmissionRow after) {
        var uses = new ArrayList<IntensityUse>();
        if (before != null) {
            uses.add(use(before, -1));
        }
        uses.add(use(after, 1));
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
