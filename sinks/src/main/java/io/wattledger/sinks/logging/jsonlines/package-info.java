/**
 * Lines of JSON, one object per record, appended to a file or written to standard output. Lines of a delivery are written in
 * one piece and are on the disk when it is done. A line may come again after the worker was killed; it has the same {@code
 * kafka_topic}, {@code kafka_partition} and {@code kafka_offset} then.
 *
 * <p>Rotating the file is {@code logrotate}'s: it is opened anew for every delivery, so that one that was moved away is
 * written to no longer.
 */
@NullMarked
package io.wattledger.sinks.logging.jsonlines;

import org.jspecify.annotations.NullMarked;
