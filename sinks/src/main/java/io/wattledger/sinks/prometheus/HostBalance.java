package io.wattledger.sinks.prometheus;

import static io.wattledger.sinks.prometheus.Subject.labels;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.HostHour;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The balance of a host in its newest hour. */
record HostBalance(HostHour hour) implements Subject {
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public String key() {
        return "balance/" + hour.getHost();
    }

    @Override
    public Instant period() {
        return hour.getHour();
    }

    @Override
    public Instant knownAt() {
        return hour.getKnownAt();
    }

    @Override
    public Instant end(Retention retention, @Nullable Instant before) {
        return hour.getKnownAt().plus(retention.runs());
    }

    @Override
    public List<Point> points() {
        var labels = labels("host", hour.getHost());
        return List.of(
                part("runs", hour.getRunsMillijoules()),
                part("idle", hour.getIdleMillijoules()),
                part("other", hour.getOtherMillijoules()),
                part("missing", hour.getMissingMillijoules()),
                Point.of(Metric.HOST_DIFFERENCE, labels, new Energy(hour.getDifferenceMillijoules()).joules()),
                Point.of(Metric.HOST_MISSING, labels, hour.getMissingMillis() / MILLIS_PER_SECOND),
                Point.of(
                        Metric.HOST_EMISSIONS,
                        labels,
                        new Emissions(hour.getEmissionsMicrograms()).grams().doubleValue()));
    }

    private Point part(String part, long millijoules) {
        return Point.of(
                Metric.HOST_ENERGY, labels("host", hour.getHost(), "part", part), new Energy(millijoules).joules());
    }
}
