/** {@code wattledger report}: the runs of the ledger as a table, CSV or JSON. */
@NullMarked
package io.wattledger.cli.report;

import org.jspecify.annotations.NullMarked;
