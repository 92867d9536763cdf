package io.wattledger.sinks.prometheus;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Points as Prometheus's client library has them, for the formats that it writes. */
final class Exposition {
    private Exposition() {}

    /** @param leftOut records whose series had no room */
    static MetricSnapshots of(List<Point> points, long leftOut) {
        var byMetric = new EnumMap<Metric, List<Point>>(Metric.class);
        points.forEach(point -> byMetric.computeIfAbsent(point.series().metric(), metric -> new ArrayList<>())
                .add(point));
        var snapshots = new ArrayList<MetricSnapshot>();
        byMetric.forEach((metric, ofMetric) -> snapshots.add(snapshot(metric, ofMetric)));
        snapshots.add(new CounterSnapshot(
                new MetricMetadata("wattledger_records_left_out", "Records whose series had no room."),
                List.of(counter(Labels.EMPTY, (double) leftOut))));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(Metric metric, List<Point> points) {
        var metadata = new MetricMetadata(metric.family(), metric.help());
        return switch (metric.kind()) {
            case COUNTER ->
                new CounterSnapshot(
                        metadata,
                        points.stream()
                                .map(point -> counter(point.series().labels(), point.value()))
                                .toList());
            case GAUGE ->
                new GaugeSnapshot(
                        metadata,
                        points.stream()
                                .map(point -> new GaugeDataPointSnapshot(
                                        point.value(), point.series().labels(), null))
                                .toList());
            case INFO ->
                new InfoSnapshot(
                        metadata,
                        points.stream()
                                .map(point ->
                                        new InfoDataPointSnapshot(point.series().labels()))
                                .toList());
        };
    }

    private static CounterDataPointSnapshot counter(Labels labels, double value) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }
}
