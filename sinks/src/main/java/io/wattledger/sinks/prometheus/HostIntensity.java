package io.wattledger.sinks.prometheus;

import static io.wattledger.sinks.prometheus.Subject.labels;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.IntensityRung;
import java.util.List;
import java.util.Locale;

/** The carbon intensity that a host is accounted with in the slot in progress. */
record HostIntensity(EmissionRow row) implements RowSubject {
    /** Until an intensity is known there is none, which is not 0. */
    static boolean isIn(EmissionRow row) {
        return row.getRung() != IntensityRung.NONE;
    }

    @Override
    public String key() {
        return "intensity/" + row.getHost();
    }

    @Override
    public List<Point> points() {
        var intensity = new CarbonIntensity(row.getIntensityMicrogramsPerKwh());
        return List.of(Point.of(
                Metric.INTENSITY,
                labels(
                        "host", row.getHost(),
                        "zone", row.getZone(),
                        "rung", row.getRung().name().toLowerCase(Locale.ROOT)),
                intensity.gramsPerKwh()));
    }
}
