package io.wattledger.sinks.logging;

/** How much a line is worth somebody's attention. */
public enum Severity {
    /** The figures are there. */
    INFO,
    /** Figures that were there have changed by themselves: samples came late, another intensity became known. */
    NOTICE,
    /** Somebody has put figures right, or figures may be incomplete. */
    WARN
}
