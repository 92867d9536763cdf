package io.wattledger.streams.ledger;

/** What the energy that is no run's is booked to, so that the balance of a host closes. */
final class PseudoRun {
    static final String IDLE = "_idle";
    static final String OTHER = "_other";
    static final String MISSING = "_missing";
    /** Project of all pseudo-runs. */
    static final String PROJECT = "_host";

    private PseudoRun() {}

    static boolean is(String run) {
        return run.startsWith("_");
    }
}
