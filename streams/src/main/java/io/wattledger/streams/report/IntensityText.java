package io.wattledger.streams.report;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import java.util.Locale;

/** Where an intensity is from, in words. */
public final class IntensityText {
    private IntensityText() {}

    static String source(IntensityUse use) {
        return source(
                use.getRung(),
                use.getIntensityZoneName().isEmpty() ? use.getIntensityZone() : use.getIntensityZoneName(),
                use.getIntensityYear(),
                use.getIntensitySource());
    }

    /**
     * For example {@code annual average, France 2023, Ember via OWID}.
     *
     * @param place name of the zone the value is of
     * @param year the year it is for; 0 where that is not known, or it is live
     */
    public static String source(IntensityRung rung, String place, int year, String source) {
        var of = year == 0 ? "year not known" : Integer.toString(year);
        return switch (rung) {
            case LIVE_MEASURED -> "live, measured, " + place + ", " + source;
            case LIVE_ESTIMATED -> "live, estimated, " + place + ", " + source;
            case ANNUAL_ZONE -> "annual average, " + place + " " + of + ", " + source;
            case ANNUAL_PARENT -> "annual average of the wider zone, " + place + " " + of + ", " + source;
            case WORLD -> "world average " + of + ", " + source;
            case NONE -> "none known";
        };
    }

    /** For example {@code annual_zone}. */
    public static String rung(IntensityRung rung) {
        return rung.name().toLowerCase(Locale.ROOT);
    }
}
