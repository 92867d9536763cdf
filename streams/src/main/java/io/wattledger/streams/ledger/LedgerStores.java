package io.wattledger.streams.ledger;

/** Names of the state stores of the accounting step. */
public final class LedgerStores {
    public static final String HOSTS = "hosts";
    public static final String CLOSED_ROWS = "closed-rows";
    public static final String LIVE_INTENSITIES = "live-intensities";
    public static final String ANNUAL_INTENSITIES = "annual-intensities";

    private LedgerStores() {}
}
