/**
 * The further columns of the ledger: market-based emissions, water on site and at the source of the electricity, and the
 * embodied share. Each has a switch of its own and says in the row where its factor is from; the formulas are in
 * {@code accounting}.
 *
 * <p>Factors come from a table in the jar and, before it, from the user's own file of the same shape. A column is null where
 * it is switched off or no factor is known, never 0 in place of unknown. The figures of a row depend on the row, its host's
 * profile and the tables alone, so that a restatement or a replay gives the same ones again.
 */
@NullMarked
package io.wattledger.streams.footprint;

import org.jspecify.annotations.NullMarked;
