package io.wattledger.streams.footprint;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.WaterIntensity;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of one host, zone and year are multiplied by; null where switched off or not known.
 *
 * @param contract the host's supply contract
 * @param residual the residual mix
 * @param onSiteWater of the site
 * @param sourceWater of the grid
 * @param hardware of the machine
 */
record RowFactors(
        @Nullable Contract contract,
        @Nullable Residual residual,
        @Nullable WaterFactor onSiteWater,
        @Nullable WaterFactor sourceWater,
        @Nullable Hardware hardware) {

    /** @param year the year it is for, or 0 where that is not said */
    record Residual(CarbonIntensity intensity, int year, String source) {}

    record WaterFactor(WaterIntensity intensity, String source) {}

    /**
     * @param grams embodied emissions in grams CO2eq
     * @param lifetimeMillis time they are amortised over
     * @param processors logical processors that share them
     */
    record Hardware(long grams, long lifetimeMillis, int processors, String source) {}
}
