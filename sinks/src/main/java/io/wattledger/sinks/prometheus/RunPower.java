package io.wattledger.sinks.prometheus;

import static io.wattledger.sinks.prometheus.Subject.labels;

import io.wattledger.accounting.report.Ratios;
import io.wattledger.schemas.record.EmissionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Power and emission rate of a run, or of {@code _idle} and {@code _other}, on a host in the slot in progress. */
record RunPower(EmissionRow row) implements RowSubject {
    /** Its time is that without samples, so that it has no power of its own. */
    private static final String MISSING = "_missing";

    static boolean isIn(EmissionRow row) {
        return !row.getRun().equals(MISSING) && row.getMeasuredMillis() > 0;
    }

    @Override
    public String key() {
        return "power/" + row.getHost() + "/" + row.getRun();
    }

    @Override
    public List<Point> points() {
        var time = Duration.ofMillis(row.getMeasuredMillis());
        var points = new ArrayList<Point>();
        for (var component : Component.of(row)) {
            var labels = labels(
                    RunTotal.LABEL,
                    row.getRun(),
                    "project",
                    row.getProject(),
                    "host",
                    row.getHost(),
                    "zone",
                    row.getZone(),
                    Component.LABEL,
                    component.name());
            Ratios.power(component.energy(), time)
                    .ifPresent(power -> points.add(Point.of(Metric.RUN_POWER, labels, power.watts())));
            Ratios.perHour(component.emissions(), time)
                    .ifPresent(rate -> points.add(Point.of(
                            Metric.RUN_EMISSION_RATE, labels, rate.grams().doubleValue())));
        }
        return points;
    }
}
