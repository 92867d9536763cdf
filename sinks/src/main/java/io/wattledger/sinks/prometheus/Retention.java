package io.wattledger.sinks.prometheus;

import java.time.Duration;

/**
 * How long series are shown.
 *
 * @param runs after a run has ended, and after an hour of a host was last told of
 * @param rows after the newest row of a slot in progress
 * @param backlog how old a total may be that is shown for the first time although its series would have ended
 */
record Retention(Duration runs, Duration rows, Duration backlog) {}
