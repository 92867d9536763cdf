package io.wattledger.streams.ledger;

/** The nodes of the topology that the accounting step and the fan-out forward to, each by its name. */
public final class LedgerOutputs {
    public static final String ENERGY_LEDGER = "write-energy-ledger";
    public static final String EMISSIONS_LEDGER = "write-emissions-ledger";
    public static final String EMISSIONS_HISTORY = "write-emissions-history";
    public static final String HOST_HOURS = "write-host-hours";
    public static final String LATE_SAMPLES = "write-late-samples";
    public static final String DEAD_LETTERS = "write-dead-letters";
    public static final String RUN_DELTAS = "run-deltas";
    public static final String DAILY_DELTAS = "daily-deltas";
    public static final String ZONES_IN_USE = "zones-in-use";
    /** Of the fan-out of intensities. */
    public static final String FAN_OUT = "write-grid-intensity-fan-out";

    public static final String REFUSED_INTENSITIES = "write-refused-intensities";

    private LedgerOutputs() {}
}
