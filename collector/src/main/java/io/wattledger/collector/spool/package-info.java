/**
 * The spool: everything a collector has to say is on disk before it is sent, and stays there until Kafka has it.
 *
 * <p>A folder of segment files, each a chain of frames with length and checksum. A frame is written by one call and forced
 * to the disk before {@link io.wattledger.collector.spool.Spool#append} returns; what a crash leaves half-written is cut
 * off at the next start. How far the records have been taken is kept in a file beside them and moves only after Kafka has
 * acknowledged. Bounded in bytes: when full, the oldest segment is dropped, counted and logged.
 *
 * <p>Records are kept as Avro binary together with the fingerprint of the schema they were written with, whose text lies in
 * the same folder: a newer collector reads what an older one left. Ids of a schema registry come in only at sending.
 */
@NullMarked
package io.wattledger.collector.spool;

import org.jspecify.annotations.NullMarked;
