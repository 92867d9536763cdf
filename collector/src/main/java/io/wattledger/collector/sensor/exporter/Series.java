package io.wattledger.collector.sensor.exporter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an exposition.
 *
 * @param metric name of the metric
 * @param labels value by name of the label
 * @param value as written: may be no number or infinite
 * @param epochMillis when it was measured, or null where the exporter does not say
 */
record Series(
        String metric,
        Map<String, String> labels,
        double value,
        @Nullable Long epochMillis) {}
