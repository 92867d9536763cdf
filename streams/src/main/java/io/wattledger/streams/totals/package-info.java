/**
 * Totals: the sums of ledger rows, kept up by the differences that the accounting step tells. Whole numbers, so a total
 * equals the sum of its rows to the microgram, whatever was restated in between.
 */
@NullMarked
package io.wattledger.streams.totals;

import org.jspecify.annotations.NullMarked;
