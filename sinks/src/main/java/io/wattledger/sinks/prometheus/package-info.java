/**
 * Prometheus: the ledger's figures as series, sent by remote write or read from an endpoint.
 *
 * <p>A task keeps what it shows in a {@link io.wattledger.sinks.prometheus.Board}: of each run, run on a host and host the
 * newest figures, until their series end. Both ways show the board as a whole, as any exporter does: remote write at an
 * interval, the endpoint when it is asked. So what reaches Prometheus depends on time and not on how often the ledger
 * changes, and records that come again change nothing.
 *
 * <p>A counter shows the highest figure that was ever shown of its run and component: a correction that lowers a figure
 * would look to Prometheus as a counter that began again, and be added. What was shown before a restart is asked of
 * Prometheus itself ({@link io.wattledger.sinks.prometheus.ShownCounters}). The exact figure is in a gauge beside it.
 *
 * <p>Values are joules, grams CO2eq, watts and seconds as doubles of the ledger's exact integers. Samples have the time
 * they are sent, so that those of a series are always in order.
 */
@NullMarked
package io.wattledger.sinks.prometheus;

import org.jspecify.annotations.NullMarked;
