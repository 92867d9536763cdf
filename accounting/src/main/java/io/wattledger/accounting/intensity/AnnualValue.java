package io.wattledger.accounting.intensity;

/**
 * What the choice of an annual intensity depends on.
 *
 * @param distance 0 for the zone of the row itself, 1 for its parent, and so on
 * @param world whether it is the average of the world
 * @param year the year the value is for, or {@link #UNKNOWN_YEAR}
 * @param method how it was made: lifecycle, direct, …
 */
public record AnnualValue(int distance, boolean world, int year, String method) {
    public static final int UNKNOWN_YEAR = 0;
}
