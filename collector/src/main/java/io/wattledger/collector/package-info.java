/**
 * The host agent. One per data directory, by a lock: measures the host, keeps the runs that wrappers register, and publishes
 * what it sees. {@link io.wattledger.collector.Collector} is the whole of it, {@link
 * io.wattledger.collector.CollectorMain} the same as a process.
 */
@NullMarked
package io.wattledger.collector;

import org.jspecify.annotations.NullMarked;
