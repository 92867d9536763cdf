/**
 * The embedded schema registry: the Confluent API over HTTP, for clients and tools that know only that, on the rules of
 * {@link io.wattledger.schemas.registry.RegistryState}. Avro only.
 *
 * <p>Its one store is the compacted topic {@code _schemas}, in Confluent's own record format, so that a Confluent registry
 * can take over the topic. Its state is what that topic says and nothing else: a change is written, read back, applied, and
 * only then answered, so a process that is killed at any moment comes back with every answer it gave. One registry per
 * cluster.
 */
@NullMarked
package io.wattledger.cli.registry;

import org.jspecify.annotations.NullMarked;
