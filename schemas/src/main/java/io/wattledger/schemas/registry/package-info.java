/**
 * Where schemas get their numbers: a client of the Confluent Schema Registry API, and the rules of such a registry.
 *
 * <p>{@link io.wattledger.schemas.registry.SchemaRegistry} is what the rest of the project sees.
 * {@link io.wattledger.schemas.registry.HttpSchemaRegistry} asks a server,
 * {@link io.wattledger.schemas.registry.InMemorySchemaRegistry} is one, within this process. The rules (numbers, versions,
 * compatibility, deletion) are {@link io.wattledger.schemas.registry.RegistryState}: no clock, no I/O, so that the
 * embedded server can replay them from its topic.
 *
 * <p>All implementations may be used by many threads. What fails throws
 * {@link io.wattledger.schemas.registry.SchemaRegistryException}; nothing is guessed and no record is written with a
 * number that the registry did not give.
 */
@NullMarked
package io.wattledger.schemas.registry;

import org.jspecify.annotations.NullMarked;
