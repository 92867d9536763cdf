/**
 * {@code wattledger audit}: derives the ledger a second time, from the raw topics alone, and compares. Reading, telling
 * doubled samples, refusing overlaps, dividing, booking holes and choosing intensities are written here again, from the
 * documented rules and without the code or the state of the streams application; only the formulas of the module
 * accounting are shared, as there is to be one of each.
 *
 * <p>One partition of hosts is audited after the other, so memory holds the rows of one partition and the totals of all.
 * Energy is in millijoules, emissions in micrograms CO2eq, times are milliseconds since the epoch. Everything here belongs
 * to one thread. Nothing is written anywhere.
 */
@NullMarked
package io.wattledger.cli.audit;

import org.jspecify.annotations.NullMarked;
