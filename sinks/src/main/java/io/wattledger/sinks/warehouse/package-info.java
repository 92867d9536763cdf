/**
 * Rows for the tables of a warehouse, which other people's sinks write: Debezium's for JDBC, Apache Iceberg's and whatever
 * else takes flat records. {@link io.wattledger.sinks.warehouse.TableRow} is the one thing they lack, a transformation; the
 * rest is configuration, in {@code deploy/warehouse}.
 *
 * <p>Nothing is computed here: amounts stay the integers of the ledger, in its units, which the names of columns end with.
 */
@NullMarked
package io.wattledger.sinks.warehouse;

import org.jspecify.annotations.NullMarked;
