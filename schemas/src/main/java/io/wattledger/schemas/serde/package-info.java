/**
 * Kafka serializers for Avro records in the Confluent wire format: a zero byte, the schema's number in the registry (four
 * bytes, big-endian), the record in Avro's binary encoding. {@code docs/schemas.md} says more.
 *
 * <p>A record is read with the schema of its generated class, whatever schema it was written with. All classes may be used
 * by many threads, and ask the registry once per schema. They throw
 * {@link org.apache.kafka.common.errors.SerializationException}, as Confluent's do, so that either can be named in a
 * configuration.
 */
@NullMarked
package io.wattledger.schemas.serde;

import org.jspecify.annotations.NullMarked;
