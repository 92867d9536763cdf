/**
 * What another program on this host has measured and exposes in Prometheus's text format 0.0.4, so that existing
 * deployments feed the ledger. A mapping says which metric is which device and in what unit; ready-made ones are there for
 * Scaphandre and Kepler. Counters are taken as counters; a fall of one is a restart of the exporter, since the exporter's
 * own range is not known. What does not answer, is not complete, is no number or is old is a gap.
 */
@NullMarked
package io.wattledger.collector.sensor.exporter;

import org.jspecify.annotations.NullMarked;
