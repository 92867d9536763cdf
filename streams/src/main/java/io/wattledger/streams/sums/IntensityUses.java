package io.wattledger.streams.sums;

import io.wattledger.schemas.record.IntensityUse;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What energy was accounted with, as a list with one entry for each intensity, in an order of its own. */
public final class IntensityUses {
    private static final Comparator<IntensityUse> ORDER = Comparator.comparing(IntensityUse::getZone)
            .thenComparing(IntensityUse::getRung)
            .thenComparing(IntensityUse::toString);

    private IntensityUses() {}

    /**
     * Adds energy and emissions to the entry of their intensity; one with neither is taken out.
     */
    public static void add(List<IntensityUse> uses, IntensityUse added) {
        for (int i = 0; i < uses.size(); i++) {
            var use = uses.get(i);
            if (isSame(use, added)) {
                use.setEnergyMillijoules(Math.addExact(use.getEnergyMillijoules(), added.getEnergyMillijoules()));
                use.setEmissionsMicrograms(Math.addExact(use.getEmissionsMicrograms(), added.getEmissionsMicrograms()));
                if (isNothing(use)) {
                    uses.remove(i);
                }
                return;
            }
        }
        if (!isNothing(added)) {
            uses.add(copy(added));
            uses.sort(ORDER);
        }
    }

    private static IntensityUse copy(IntensityUse use) {
        return new IntensityUse(
                use.getZone(),
                use.getRung(),
                use.getIntensityZone(),
                use.getIntensityZoneName(),
                use.getIntensityYear(),
                use.getIntensityMethod(),
                use.getIntensitySource(),
                use.getIntensityMicrogramsPerKwh(),
                use.getEnergyMillijoules(),
                use.getEmissionsMicrograms());
    }

    private static boolean isNothing(IntensityUse use) {
        return use.getEnergyMillijoules() == 0 && use.getEmissionsMicrograms() == 0;
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
}
