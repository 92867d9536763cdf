package io.wattledger.accounting.intensity;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.Comparator;

/**
 * The order among annual intensities for a row of some year, best first:
 *
 * <ol>
 *   <li>made by the method of the series and fresh, the nearest zone first;
 *   <li>made by the method of the series but stale or of unknown year, the newest first;
 *   <li>differently made, the nearest zone first;
 *   <li>the average of the world.
 * </ol>
 *
 * Within a zone the row's own year goes before the nearest earlier one, that before a later one, and an unknown year comes
 * last. So a parent with a newer value by the same method goes before a stale or differently made child.
 */
public final class IntensityLadder {
    /** A value this many years older than the row is stale. Grids have changed by about a third in five years (Ember). */
    static final int STALE_AFTER_YEARS = 5;

    private IntensityLadder() {}

    /** Sorts the best value for a row of {@code year} first, for a series made by {@code method}. */
    public static Comparator<AnnualValue> bestFor(int year, String method) {
        return comparing(AnnualValue::world)
                .thenComparingInt(value -> rank(value, year, method))
                .thenComparing((a, b) -> rank(a, year, method) == STALE ? Integer.compare(b.year(), a.year()) : 0)
                .thenComparingInt(AnnualValue::distance)
                .thenComparing(comparingInt(value -> away(value, year)));
    }

    private static final int FRESH = 0;
    private static final int STALE = 1;
    private static final int OTHER_METHOD = 2;

    private static int rank(AnnualValue value, int year, String method) {
        if (!value.method().equals(method)) {
            return OTHER_METHOD;
        }
        boolean fresh = value.year() != AnnualValue.UNKNOWN_YEAR && year - value.year() < STALE_AFTER_YEARS;
        return fresh ? FRESH : STALE;
    }

    /** Years between value and row; any later year is farther than any earlier one, the unknown year is farthest. */
    private static int away(AnnualValue value, int year) {
        if (value.year() == AnnualValue.UNKNOWN_YEAR) {
            return Integer.MAX_VALUE;
        }
        return value.year() <= year ? year - value.year() : 10_000 + value.year() - year;
    }
}
