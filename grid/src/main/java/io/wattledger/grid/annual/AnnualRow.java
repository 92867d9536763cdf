package io.wattledger.grid.annual;

import io.wattledger.accounting.quantity.CarbonIntensity;
import org.jspecify.annotations.Nullable;

/**
 * One zone in one year.
 *
 * @param zone id of the electricity-grid zone
 * @param name its name for people
 * @param parent id of the zone that includes it; null for the world
 * @param year the year the value is for, or {@link #UNKNOWN_YEAR}
 * @param intensity the value; null where the zone is known but its intensity is not
 * @param method how the value was made: lifecycle, direct, unknown …; none where there is no value
 * @param source who published it
 * @param licence licence of the source
 */
public record AnnualRow(
        String zone,
        String name,
        @Nullable String parent,
        int year,
        @Nullable CarbonIntensity intensity,
        String method,
        String source,
        String licence) {
    /** Stands for a year that the source does not give. */
    public static final int UNKNOWN_YEAR = 0;
}
