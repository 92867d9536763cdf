/**
 * Records of the ledger as log lines: what happened in words for people, and the record's fields as attributes for queries.
 * A finished run is a line, so is each later change of its figures or of a row of the ledger; figures that are still on
 * their way are none.
 *
 * <p>Every line has key and revision of what it tells of and its place in Kafka, so that a line that was delivered twice can
 * be told; a backend that drops doubles gets an identifier that is always the same for the same line. Lines of a partition
 * are delivered in order. A line that a backend refuses for its content is a dead letter, and the others are delivered.
 *
 * <p>A backend is a {@link io.wattledger.sinks.logging.LogSinkType} in a package of its own, which starts a {@link
 * io.wattledger.sinks.logging.LogBackend}.
 */
@NullMarked
package io.wattledger.sinks.logging;

import org.jspecify.annotations.NullMarked;
