/**
 * The collector's own health, over HTTP, for whoever watches over hosts: off unless a port is set. {@code GET /healthz} says
 * whether it measures and sends, {@code GET /metrics} how much, in Prometheus's text format. Answers one request at a time, in
 * a thread of its own; a client that is slow or talks nonsense is let go after two seconds.
 */
@NullMarked
package io.wattledger.collector.health;

import org.jspecify.annotations.NullMarked;
