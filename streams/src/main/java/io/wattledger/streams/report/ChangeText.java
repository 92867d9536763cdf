package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.EmissionRevision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One change of a row in words. */
public final class ChangeText {
    private ChangeText() {}

    /** Why it was changed, with who has done it and why where a person has. */
    public static String cause(EmissionRevision change) {
        return switch (change.getCause()) {
            case CLOSED -> "its slot has closed";
            case SAMPLES -> "samples came late";
            case INTENSITY -> "another intensity";
            case SEALED -> "sealed";
            case CORRECTION -> correction(change);
        };
    }

    private static String correction(EmissionRevision change) {
        var parts = new ArrayList<String>();
        var row = change.getRow();
        if (change.getPreviousZone() != null && !change.getPreviousZone().equals(row.getZone())) {
            parts.add("zone " + change.getPreviousZone() + " → " + row.getZone());
        }
        var pue = change.getPreviousPueThousandths();
        if (pue != null && pue != row.getPueThousandths()) {
            parts.add("PUE " + plain(pue) + " → " + plain(row.getPueThousandths()));
        }
        var what = parts.isEmpty() ? "put right" : "put right: " + String.join(", ", parts);
        return what
                + (change.getWho() == null ? "" : " by " + change.getWho())
                + (change.getWhy() == null ? "" : " (" + change.getWhy() + ")");
    }

    private static String plain(int pueThousandths) {
        return BigDecimal.valueOf(pueThousandths, 3).stripTrailingZeros().toPlainString();
    }

    /** For example {@code 56 → 30 g/kWh (live, measured, France, Electricity Maps)}. */
    public static String intensity(EmissionRevision change) {
        var row = change.getRow();
        var before = change.getPreviousIntensityMicrogramsPerKwh();
        var source = IntensityText.source(
                row.getRung(),
                row.getIntensityZoneName().isEmpty() ? row.getIntensityZone() : row.getIntensityZoneName(),
                row.getIntensityYear(),
                row.getIntensitySource());
        boolean same = Objects.equals(before, row.getIntensityMicrogramsPerKwh());
        return (before == null || same ? "" : grams(before) + " → ") + grams(row.getIntensityMicrogramsPerKwh())
                + " g/kWh (" + formerSource(change) + source + ")";
    }

    private static String formerSource(EmissionRevision change) {
        var before = change.getPreviousIntensitySource();
        return before == null || before.equals(change.getRow().getIntensitySource())
                ? ""
                : (before.isEmpty() ? "none known" : before) + " → ";
    }

    private static String grams(long microgramsPerKwh) {
        return Readable.gramsPerKwh(BigDecimal.valueOf(microgramsPerKwh, 6));
    }

    /** For example {@code 1.2 kWh → 1.3 kWh}, or one of them where it is the same. */
    public static String energy(EmissionRevision change) {
        return fromTo(
                energy(change.getPreviousEnergyMillijoules()),
                energy(change.getRow().getEnergyMillijoules()));
    }

    private static @Nullable String energy(@Nullable Long millijoules) {
        return millijoules == null ? null : Readable.energy(new Energy(millijoules));
    }

    /** For example {@code 67.2 g CO2eq → 36 g CO2eq}. */
    public static String emissions(EmissionRevision change) {
        return fromTo(
                emissions(change.getPreviousEmissionsMicrograms()),
                emissions(change.getRow().getEmissionsMicrograms()));
    }

    private static @Nullable String emissions(@Nullable Long micrograms) {
        return micrograms == null ? null : Readable.emissions(new Emissions(micrograms));
    }

    private static String fromTo(@Nullable String before, @Nullable String after) {
        return before == null || before.equals(after) ? String.valueOf(after) : before + " → " + after;
    }
}
