package io.wattledger.accounting.footprint;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;

/**
 * Share of the emissions embodied in a machine: M = TE × TS × RS, with TE the machine's embodied emissions, TS the time
 * reserved per expected life, and RS the resources reserved per resources of the machine (Software Carbon Intensity,
 * ISO/IEC 21031:2024, "Embodied emissions").
 */
public final class EmbodiedFormula {
    private EmbodiedFormula() {}

    /**
     * The share of work that has had some of the machine's equal units, for example processors, each for some time. Works
     * that have had all units all the time have shares that add up to what the machine is amortised by in that time.
     *
     * @param grams TE in grams CO2eq
     * @param lifetimeMillis expected life of the machine in milliseconds, above 0
     * @param unitNanos time × units that were had, in nanoseconds: TS × RS times the lifetime of all units
     * @param units units that the machine has, at least 1
     * @return rounded half to even
     */
    public static Emissions share(long grams, long lifetimeMillis, long unitNanos, int units) {
        if (grams < 0 || lifetimeMillis <= 0 || units <= 0) {
            throw new IllegalArgumentException("Cannot amortise " + grams + " g over " + lifetimeMillis + " ms of "
                    + units + " units; the grams must be at least 0, the others above 0");
        }
        // Micrograms per gram and nanoseconds per millisecond are both a million.
        return new Emissions(Rounding.mulDiv(
                grams, unitNanos, Math.multiplyExact(lifetimeMillis, (long) units), RoundingMode.HALF_EVEN));
    }
}
