package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The carbon intensity a row gets, and where it is from. */
record SlotIntensity(
        long microgramsPerKwh,
        IntensityRung rung,
        String zone,
        String zoneName,
        int year,
        String method,
        String source,
        @Nullable Instant version) {

    /** Nothing is known; the energy is in the ledger, its emissions are not yet. */
    static final SlotIntensity NONE = new SlotIntensity(0, IntensityRung.NONE, "", "", 0, "", "", null);

    static SlotIntensity live(GridIntensity intensity, String zoneName, String method) {
        return new SlotIntensity(
                intensity.getIntensityMicrogramsPerKwh(),
                intensity.getRung(),
                intensity.getZone(),
                zoneName,
                0,
                method,
                intensity.getSource(),
                intensity.getVersion());
    }

    static SlotIntensity annual(GridDefault value, IntensityRung rung) {
        return new SlotIntensity(
                value.getIntensityMicrogramsPerKwh(),
                rung,
                value.getZone(),
                value.getName(),
                value.getYear(),
                value.getMethod(),
                value.getSource(),
                null);
    }
}
