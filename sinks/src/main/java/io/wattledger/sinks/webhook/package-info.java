/**
 * Records of the ledger for anything that has an address: batches of JSON, CloudEvents, texts for a chat, and the figures of
 * runs for experiment trackers.
 *
 * <p>A record becomes an {@link io.wattledger.sinks.webhook.Event}, which an {@link io.wattledger.sinks.webhook.EventFilter}
 * may leave out. Events are told in {@link io.wattledger.sinks.webhook.Lanes}: those with the same key in order, in the words
 * of a {@link io.wattledger.sinks.webhook.Dialect}. What was told is remembered until all the records that Connect has given
 * are told, so that a failure has only the rest of them told again. Delivery is at least once; what is the same has the same
 * idempotency key, however often it is sent.
 *
 * <p>Threads: lanes run beside one another, each in one thread at a time; the task waits for them and does all the rest.
 */
@NullMarked
package io.wattledger.sinks.webhook;

import org.jspecify.annotations.NullMarked;
