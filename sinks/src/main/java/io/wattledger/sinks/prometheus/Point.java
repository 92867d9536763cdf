package io.wattledger.sinks.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;

/** The present value of a series. */
record Point(Series series, double value) {
    /** A metric with labels, which Prometheus knows it by. */
    record Series(Metric metric, Labels labels) {}

    static Point of(Metric metric, Labels labels, double value) {
        return new Point(new Series(metric, labels), value);
    }
}
