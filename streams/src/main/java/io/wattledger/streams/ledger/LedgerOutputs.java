package io.wattledger.streams.ledger;

/** The nodes of the topology that the accounting step forwards to, each by its name. */
public final class LedgerOutputs {
    public static final String ENERGY_LEDGER = "write-energy-ledger";
    public static final String EMISSIONS_LEDGER = "write-emissions-ledger";
    public static final String EMISSIONS_HISTORY = "write-emissions-history";
    public static final String HOST_HOURS = "write-host-hours";
    public static final String LATE_SAMPLES = "write-late-samples";
    public static final String DEAD_LETTERS = "write-dead-letters";
    public static final String RUN_DELTAS = "run-deltas";
    public static final String DAILY_DELTAS = "daily-deltas";

    private LedgerOutputs() {}
}
