/**
 * Moments of measurement. A {@link Snapshot} holds both clocks, the CPU time of the host and the raw readings of its
 * sensors; a sample is the difference of two. Because everything in it is cumulative, whoever is first may take one: a
 * run's wrapper takes it in the instant the command starts, before any collector process is up, and hands it over.
 */
@NullMarked
package io.wattledger.collector.snapshot;

import org.jspecify.annotations.NullMarked;
