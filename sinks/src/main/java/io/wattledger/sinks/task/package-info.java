/**
 * What all sinks have in common: settings whose problems are named all at once, records as the ledger's own types, dead
 * letters for what cannot be read or is refused, and the same records again while a target is not to be had.
 *
 * <p>A sink is a {@link io.wattledger.sinks.task.SinkType}, which starts a {@link io.wattledger.sinks.task.Target}; its
 * connector and task are a few lines that name it.
 */
@NullMarked
package io.wattledger.sinks.task;

import org.jspecify.annotations.NullMarked;
