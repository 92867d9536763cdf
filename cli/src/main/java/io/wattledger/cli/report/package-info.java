/**
 * {@code wattledger report}: runs, days and hours of the ledger as a table, CSV or JSON, as they are known now or were
 * known at a time.
 */
@NullMarked
package io.wattledger.cli.report;

import org.jspecify.annotations.NullMarked;
