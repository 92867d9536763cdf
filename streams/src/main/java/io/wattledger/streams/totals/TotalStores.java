package io.wattledger.streams.totals;

/** Names of the state stores of the totals. */
public final class TotalStores {
    /** Totals per run. */
    public static final String RUN_TOTALS = "run-totals";
    /** What they were, version by version. */
    public static final String RUN_VERSIONS = "run-versions";
    /** Revisions of closed rows, by run and by when they became known. */
    public static final String RUN_CHANGES = "run-changes";
    /** Runs whose total has left the state. */
    public static final String SEALED_RUNS = "sealed-runs";
    /** Totals per day, project and zone. */
    public static final String DAILY_TOTALS = "daily-totals";
    /** What they were, version by version. */
    public static final String DAILY_VERSIONS = "daily-versions";

    private TotalStores() {}
}
