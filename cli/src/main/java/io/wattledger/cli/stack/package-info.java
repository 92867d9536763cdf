/**
 * The embedded stack: a real Kafka broker, the schema registry, a real Kafka Connect worker and the streams application,
 * all in one JVM, on the loopback interface only. Each of these roles also starts as a process of its own.
 *
 * <p>Everything it keeps lies in one data directory, so that it may be killed at any moment and started again with its
 * data. A lock makes sure that one data directory has one stack.
 */
@NullMarked
package io.wattledger.cli.stack;

import org.jspecify.annotations.NullMarked;
