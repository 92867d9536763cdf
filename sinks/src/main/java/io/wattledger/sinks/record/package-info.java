/** The ledger's records in forms that several targets take. */
@NullMarked
package io.wattledger.sinks.record;

import org.jspecify.annotations.NullMarked;
