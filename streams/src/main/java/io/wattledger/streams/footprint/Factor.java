package io.wattledger.streams.footprint;

import java.math.BigDecimal;

/**
 * A published value.
 *
 * @param kind what it gives, and in which unit
 * @param name of the contract, provider, host …; empty where the kind has none
 * @param zone zone it holds in, with those inside; empty for anywhere
 * @param year the year it is for, or {@link #ANY_YEAR} when not said
 * @param value at least 0
 * @param source who published it
 */
record Factor(FactorKind kind, String name, String zone, int year, BigDecimal value, String source) {
    static final int ANY_YEAR = 0;

    /** Source, place and year, for example {@code Ember (FR 2023)}. */
    String provenance() {
        var where = zone.isEmpty() ? name : zone;
        var when = year == ANY_YEAR ? "" : Integer.toString(year);
        var both = (where + " " + when).trim();
        return both.isEmpty() ? source : source + " (" + both + ")";
    }
}
