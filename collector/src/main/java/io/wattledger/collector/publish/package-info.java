/**
 * From the spool to Kafka: in order, by an idempotent producer, acknowledged by all in-sync replicas, and only then taken
 * off the spool. What keeps records from being sent (no broker yet, a topic missing, a registry that is gone or refuses a
 * schema) is said once when it begins and once when it ends; until then they stay on disk and sending is tried again. A record
 * that no broker would ever take goes aside, with the reason, so that it does not hold up the rest.
 */
@NullMarked
package io.wattledger.collector.publish;

import org.jspecify.annotations.NullMarked;
