/** Which ledger a command works with: that of the embedded stack, or of an existing cluster. */
@NullMarked
package io.wattledger.cli.ledger;

import org.jspecify.annotations.NullMarked;
