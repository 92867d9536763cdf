package io.wattledger.collector.control;

/**
 * An open run.
 *
 * @param start what was said when it was registered
 * @param startedMillis start as accounted, milliseconds since the epoch; 0 until its first sample
 * @param adopted whether it has no wrapper
 */
public record ListedRun(RunStart start, long startedMillis, boolean adopted) {}
