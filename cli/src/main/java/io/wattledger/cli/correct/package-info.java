/**
 * {@code wattledger correct}: puts the zone, the PUE or the supply contract of a host's past period right. The correction
 * is published with who made it and why; the ledger restates the rows of that period, each with a new revision, and their
 * energy stays what it was.
 */
@NullMarked
package io.wattledger.cli.correct;

import org.jspecify.annotations.NullMarked;
