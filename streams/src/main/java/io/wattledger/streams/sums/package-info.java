/** Sums of figures of ledger rows, as changes and totals keep them: whole numbers that are added field by field. */
@NullMarked
package io.wattledger.streams.sums;

import org.jspecify.annotations.NullMarked;
