/**
 * Metrics of the ledger's own: processors register them with Kafka Streams under the group
 * {@code stream-ledger-metrics}, and the API publishes everything of that group at {@code /metrics}. Names are written with
 * hyphens and have the unit last.
 */
@NullMarked
package io.wattledger.streams.metrics;

import org.jspecify.annotations.NullMarked;
