/**
 * The Kafka Streams application: raw samples become the emissions ledger and its totals. {@link LedgerTopology} is the
 * table of contents, {@link StreamsApplication} runs it under exactly_once_v2 beside its REST API.
 */
@NullMarked
package io.wattledger.streams;

import org.jspecify.annotations.NullMarked;
