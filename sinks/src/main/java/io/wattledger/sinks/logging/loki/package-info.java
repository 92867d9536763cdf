/**
 * Grafana Loki, over its push interface in JSON. A push is delivered when Loki has answered that it took it. A line that
 * comes twice has the same stream, timestamp and text, of which Loki keeps one.
 *
 * <p>Labels make streams, and Loki wants few of them: those that are offered have few values, and a run is none of them.
 * Loki refuses a line that is more than an hour older than the newest of its stream. Lines of one partition come in order,
 * those of several do not when a sink catches up; therefore the partition is a label too, unless the settings say otherwise.
 */
@NullMarked
package io.wattledger.sinks.logging.loki;

import org.jspecify.annotations.NullMarked;
