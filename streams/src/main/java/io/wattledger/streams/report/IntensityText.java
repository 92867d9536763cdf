package io.wattledger.streams.report;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import java.util.Locale;

/** Where an intensity is from, in words. */
final class IntensityText {
    private IntensityText() {}

    static String source(IntensityUse use) {
        return source(
                use.getRung(),
                use.getIntensityZoneName().isEmpty() ? use.getIntensityZone() : use.getIntensityZoneName(),
                use.getIntensityYear(),
                use.getIntensitySource());
    }

    static String source(IntensityRung rung, String place, int year, String source) {
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

    static String rung(IntensityRung rung) {
        return rung.name().toLowerCase(Locale.ROOT);
    }
}
