package io.wattledger.cli.audit;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The carbon intensity of a slot and where it is from. */
record Intensity(
        long microgramsPerKwh,
        IntensityRung rung,
        String zone,
        int year,
        String method,
        String source,
        @Nullable Instant version) {
    static final Intensity NONE = new Intensity(0, IntensityRung.NONE, "", 0, "", "", null);

    static Intensity live(GridIntensity value, String method) {
        return new Intensity(
                value.getIntensityMicrogramsPerKwh(),
                value.getRung(),
                value.getZone(),
                0,
                method,
                value.getSource(),
                value.getVersion());
    }

    static Intensity annual(GridDefault value, IntensityRung rung) {
        return new Intensity(
                value.getIntensityMicrogramsPerKwh(),
                rung,
                value.getZone(),
                value.getYear(),
                value.getMethod(),
                value.getSource(),
                null);
    }

    /** The one a row says it was accounted with. */
    static Intensity of(EmissionRow row) {
        return new Intensity(
                row.getIntensityMicrogramsPerKwh(),
                row.getRung(),
                row.getIntensityZone(),
                row.getIntensityYear(),
                row.getIntensityMethod(),
                row.getIntensitySource(),
                row.getIntensityVersion());
    }
}
