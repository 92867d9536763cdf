/**
 * How a run's wrapper and the collector talk: a Unix domain socket in the collector's folder, one line per
 * {@linkplain io.wattledger.collector.message.Message message}, a reply to each. One connection belongs to one run and stays
 * open as long as the run does; when it closes without an end, the collector knows that the wrapper is dead.
 *
 * <p>{@link MeasuredRun} is all that a wrapper needs. Where a collector is up, the run is registered before its command
 * starts. Where none is, a snapshot is taken instead, the command starts at once, and a collector is launched behind it and
 * handed the snapshot: no time is lost either way. A collector that dies is replaced, and the run registered anew.
 *
 * <p>A connection that begins with the request line of HTTP/1.1 is served as such: {@code POST /runs}, {@code GET /runs}
 * and {@code DELETE /runs/ID} open, list and end runs that have no wrapper, with bodies in JSON. Such a run does not end
 * with its connection but when it is ended, or when nothing is left of its processes or its control group.
 *
 * <p>The folder and the socket are readable by their owner only.
 */
@NullMarked
package io.wattledger.collector.control;

import org.jspecify.annotations.NullMarked;
