/**
 * {@code wattledger zones} and {@code wattledger intensity}: which places there are, and what carbon intensity the ledger has
 * for one. Both only read. Annual values are those that come with the program, or with a ledger those of its topic; live
 * values, forecasts and the state of feeds need a ledger, which is not started for the question. Which value is used is
 * decided by {@link io.wattledger.accounting.intensity.IntensityLadder}, as in the ledger.
 */
@NullMarked
package io.wattledger.cli.grid;

import org.jspecify.annotations.NullMarked;
