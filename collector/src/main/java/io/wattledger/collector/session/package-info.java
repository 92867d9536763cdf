/**
 * The heart of the collector: cuts samples, keeps the runs, says what happened.
 *
 * <p>Time is a row of {@linkplain io.wattledger.collector.session.Session boundaries}: every interval, every start and every
 * end of a run is one, and a sample is what lies between two. Samples of a session are contiguous and never overlap;
 * durations come from the monotonic clock, and the wall-clock stamps are laid along it so that a clock that is set
 * back can neither tear nor overlap them.
 *
 * <p>A session ends with its collector, and, for a collector that samples only while runs are open, with the last of them.
 * What a successor needs to go on is written with each sample: its first sample starts where the last one on disk ended.
 * A run that spans two sessions is announced as ended with the session it ended in and the first sequence number of that.
 */
@NullMarked
package io.wattledger.collector.session;

import org.jspecify.annotations.NullMarked;
