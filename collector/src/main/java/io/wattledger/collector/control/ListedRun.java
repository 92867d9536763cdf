package io.wattledger.collector.control;

import org.jspecify.annotations.Nullable;

/**
 * An open run.
 *
 * @param start what was said when it was registered
 * @param startedMillis start as accounted, milliseconds since the epoch; 0 until its first sample
 * @param adopted whether it has no wrapper
 * @param group control group that it is, or null
 */
public record ListedRun(
        RunStart start,
        long startedMillis,
        boolean adopted,
        @Nullable String group) {}
