/**
 * Our records in Kafka Connect: a converter between the Confluent wire format and Connect's Structs, and the same
 * conversion for connectors that have a record in hand.
 *
 * <p>Everything our records are made of is converted both ways: records, unions with null, arrays, maps with text keys,
 * enums, timestamp-millis, bytes and the primitive types; anything else is refused with its name. Enums are text with the
 * schema parameters that Confluent's converter uses, so that either converter makes enums of them again. Classes may be
 * used by many threads.
 */
@NullMarked
package io.wattledger.schemas.connect;

import org.jspecify.annotations.NullMarked;
