package io.wattledger.streams.footprint;

import java.math.BigDecimal;

/**
 * A published value.
 *
 * @param kind what it gives, and in which unit
 * @param name of the contract, provider, host …; empty where the kind has none
 * @param zone zone it holds in, with those inside; empty for anywhere
 * @param period when it holds
 * @param value at least 0
 * @param source who published it
 * @param instrument what of a contract it is for, for example PPA; empty where it is for all of it
 * @param shareThousandths part of the energy of a contract that it is for
 */
record Factor(
        FactorKind kind,
        String name,
        String zone,
        Period period,
        BigDecimal value,
        String source,
        String instrument,
        int shareThousandths) {
    static final int WHOLE = 1000;

    /** A factor that is not for an instrument. */
    Factor(FactorKind kind, String name, String zone, Period period, BigDecimal value, String source) {
        this(kind, name, zone, period, value, source, "", WHOLE);
    }

    /** Source, place and period, for example {@code Ember (FR 2023)}. */
    String provenance() {
        var where = zone.isEmpty() ? name : zone;
        var both = (where + " " + period).trim();
        return both.isEmpty() ? source : source + " (" + both + ")";
    }
}
