package io.wattledger.accounting.footprint;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Software Carbon Intensity: SCI = ((E × I) + M) per R, with E × I the operational and M the embodied emissions, and R the
 * number of functional units (ISO/IEC 21031:2024, "Methodology"). I is location-based there: neither contracts nor
 * offsets count.
 */
public final class SciScore {
    private SciScore() {}

    /**
     * Micrograms CO2eq per functional unit, half to even; nothing where no unit was done or none was told.
     *
     * @param operational location-based emissions
     * @param embodied share of the embodied emissions, or null where it is not computed and counts 0
     * @param units functional units, or null where none were told
     */
    public static OptionalLong microgramsPerUnit(
            Emissions operational, @Nullable Emissions embodied, @Nullable Long units) {
        if (units == null || units <= 0) {
            return OptionalLong.empty();
        }
        var all = embodied == null ? operational : operational.plus(embodied);
        return OptionalLong.of(Rounding.mulDiv(all.micrograms(), 1, units, RoundingMode.HALF_EVEN));
    }
}
