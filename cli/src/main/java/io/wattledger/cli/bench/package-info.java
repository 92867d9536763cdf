/**
 * Measures what this machine can do: {@code wattledger bench}.
 *
 * <p>A measurement has a Kafka cluster of its own, in a process of its own and a temporary folder, and feeds it a workload
 * whose exact totals it knows ({@link io.wattledger.cli.bench.Workload}). What is measured runs in a fresh JVM, started with
 * the options the {@code wattledger} script gives to roles. Its time goes from the first samples polled, which
 * {@link io.wattledger.cli.bench.FirstPoll} tells, to the moment the result is there, seen by a read_committed consumer;
 * so the start of the JVM counts for none, and the compiling of its code for all. CPU time and peak memory are what the
 * kernel says of the process, bytes are what the broker says it has appended per topic, compressed. A result that is not
 * exactly right is no result: the measurement fails.
 */
@NullMarked
package io.wattledger.cli.bench;

import org.jspecify.annotations.NullMarked;
