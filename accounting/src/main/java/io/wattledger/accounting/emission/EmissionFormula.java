package io.wattledger.accounting.emission;

import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;

/**
 * Operational emissions, location-based: energy × PUE × carbon intensity (GHG Protocol Scope 2 Guidance, 2015, section
 * 6.1: activity data × emission factor).
 */
public final class EmissionFormula {
    private static final long THOUSANDTHS_OF_MILLIJOULES_PER_KWH = Energy.MILLIJOULES_PER_KWH * 1000;

    private EmissionFormula() {}

    /** Of one ledger row: the product is exact, and rounded half to even once. */
    public static Emissions of(Energy energy, Pue pue, CarbonIntensity intensity) {
        return new Emissions(Rounding.mulDiv(
                Math.multiplyExact(energy.millijoules(), (long) pue.thousandths()),
                intensity.microgramsPerKwh(),
                THOUSANDTHS_OF_MILLIJOULES_PER_KWH,
                RoundingMode.HALF_EVEN));
    }

    /** Emissions of the components of a row, by their energies in millijoules; they add up to the whole. */
    public static long[] byComponent(Emissions whole, long... energies) {
        return LargestRemainder.divide(whole.micrograms(), energies);
    }
}
