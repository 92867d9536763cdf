/**
 * Reads power samples, the only records that come at the rate of the fleet, several times faster than Avro's own reader:
 * without reflection, and with texts that are known already (devices, methods, runs) taken from a table. It knows today's
 * schema alone; what was written with another one is read as everything else is.
 */
@NullMarked
package io.wattledger.streams.samples;

import org.jspecify.annotations.NullMarked;
