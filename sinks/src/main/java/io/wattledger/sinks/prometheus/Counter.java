package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.prometheus.Point.Series;

/**
 * A counter of a run. Project, host and zone of a run may be put right: then its series ends and another goes on, which is
 * the same counter.
 */
record Counter(Metric metric, String component) {
    static Counter of(Series series) {
        return new Counter(series.metric(), String.valueOf(series.labels().get(Component.LABEL)));
    }
}
