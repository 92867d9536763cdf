package io.wattledger.accounting.footprint;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.accounting.quantity.Rounding;
import io.wattledger.accounting.quantity.Water;
import io.wattledger.accounting.quantity.WaterIntensity;
import java.math.RoundingMode;

/**
 * Operational water: W = E × (WUE + PUE × EWIF), with E the IT energy, WUE the water usage effectiveness of the site and
 * EWIF the water intensity of the grid (Li, Yang, Islam, Ren: Making AI Less "Thirsty", arXiv:2304.03271, 2023; WUE
 * after The Green Grid, white paper 35, 2011). The two terms are reported apart.
 */
public final class WaterFormula {
    private static final long THOUSANDTHS_OF_MILLIJOULES_PER_KWH = Energy.MILLIJOULES_PER_KWH * 1000;

    private WaterFormula() {}

    /** Used on site, for cooling: IT energy times the water usage effectiveness. */
    public static Water onSite(Energy it, WaterIntensity site) {
        return new Water(Rounding.mulDiv(
                it.millijoules(), site.microlitresPerKwh(), Energy.MILLIJOULES_PER_KWH, RoundingMode.HALF_EVEN));
    }

    /** Used where the electricity is made: IT energy times PUE times the water intensity of the grid. */
    public static Water atSource(Energy it, Pue pue, WaterIntensity grid) {
        return new Water(Rounding.mulDiv(
                Math.multiplyExact(it.millijoules(), (long) pue.thousandths()),
                grid.microlitresPerKwh(),
                THOUSANDTHS_OF_MILLIJOULES_PER_KWH,
                RoundingMode.HALF_EVEN));
    }
}
