package io.wattledger.streams.footprint;

import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Factors by what they are for. Immutable once built; a later factor for the same replaces an earlier one. */
final class FactorTable {
    private static final String ANYWHERE = "";
    private static final String NO_NAME = "";

    private record For(FactorKind kind, String name, String zone) {}

    private final Map<For, TreeMap<Integer, Factor>> ofYears = new HashMap<>();
    private final Map<For, Map<Period, Factor>> ofMonths = new HashMap<>();

    FactorTable(Collection<Factor> factors) {
        for (var factor : factors) {
            var what = new For(factor.kind(), factor.name(), factor.zone());
            if (factor.period().isMonth()) {
                ofMonths.computeIfAbsent(what, any -> new HashMap<>()).put(factor.period(), factor);
            } else {
                ofYears.computeIfAbsent(what, any -> new TreeMap<>())
                        .put(factor.period().year(), factor);
            }
        }
    }

    /**
     * The factor of the nearest zone that has one. Of its years the row's own goes first, then the nearest earlier, then the
     * nearest later, then one without a year.
     *
     * @param zones zone and those around it, from the inside outwards
     */
    @Nullable
    Factor nearest(FactorKind kind, String name, List<String> zones, int year) {
        for (var zone : zones) {
            var found = nearest(ofYears.get(new For(kind, name, zone)), year);
            if (found != null) {
                return found;
            }
        }
        return nearest(ofYears.get(new For(kind, name, ANYWHERE)), year);
    }

    /** The same of what has a zone; in each one a factor that is for just this month goes before those for years. */
    @Nullable
    Factor nearest(FactorKind kind, List<String> zones, YearMonth month) {
        for (var zone : zones) {
            var what = new For(kind, NO_NAME, zone);
            var own = ofMonths.getOrDefault(what, Map.of()).get(Period.of(month));
            var found = own == null ? nearest(ofYears.get(what), month.getYear()) : own;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Factor nearest(@Nullable TreeMap<Integer, Factor> years, int year) {
        if (years == null) {
            return null;
        }
        var dated = years.tailMap(Period.ANY_YEAR, false);
        if (dated.isEmpty()) {
            return years.get(Period.ANY_YEAR);
        }
        var first = dated.firstKey();
        return dated.get(first > year ? first : years.floorKey(year));
    }
}
