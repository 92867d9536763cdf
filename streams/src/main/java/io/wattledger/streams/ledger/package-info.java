/**
 * The accounting step: samples become energy rows per run, host and slot; each row is joined with the carbon intensity of
 * its zone and slot; whichever side changes, the rows it touches, and only those, are written again.
 *
 * <p>One task has the hosts of one partition and its own copy of the intensities, so everything happens inside its
 * exactly-once transaction. A host has one hot record: what was seen of its collector's sessions, and the rows that may
 * still change. When a slot has closed, its rows move to the cold store, ordered by zone and slot, so that a revised
 * intensity is a range scan; a late sample takes them back. Rows go out at an interval of their own, not per sample.
 *
 * <p>What goes out: absolute rows (energy-ledger, emissions-ledger), each revision of a closed row (emissions-history),
 * and for the totals the difference that each change makes. All arithmetic is in the module accounting. Energy is in
 * millijoules, emissions in micrograms CO2eq, times are UTC. Each processor belongs to one stream thread.
 */
@NullMarked
package io.wattledger.streams.ledger;

import org.jspecify.annotations.NullMarked;
