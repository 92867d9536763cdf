package io.wattledger.streams.footprint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Factors by what they are for. Immutable once built; a later factor for the same replaces an earlier one. */
final class FactorTable {
    private static final String ANYWHERE = "";

    private record For(FactorKind kind, String name, String zone) {}

    private final Map<For, TreeMap<Integer, Factor>> factors = new HashMap<>();

    FactorTable(Collection<Factor> factors) {
        for (var factor : factors) {
            this.factors
                    .computeIfAbsent(new For(factor.kind(), factor.name(), factor.zone()), any -> new TreeMap<>())
                    .put(factor.year(), factor);
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
            var found = nearest(factors.get(new For(kind, name, zone)), year);
            if (found != null) {
                return found;
            }
        }
        return nearest(factors.get(new For(kind, name, ANYWHERE)), year);
    }

    private static @Nullable Factor nearest(@Nullable TreeMap<Integer, Factor> years, int year) {
        if (years == null) {
            return null;
        }
        var dated = years.tailMap(Factor.ANY_YEAR, false);
        if (dated.isEmpty()) {
            return years.get(Factor.ANY_YEAR);
        }
        var first = dated.firstKey();
        return dated.get(first > year ? first : years.floorKey(year));
    }

    /** The factor of the nearest zone that has one for just this year, or for any. */
    @Nullable
    Factor exact(FactorKind kind, String name, List<String> zones, int year) {
        for (var zone : zones) {
            var found = exact(factors.get(new For(kind, name, zone)), year);
            if (found != null) {
                return found;
            }
        }
        return exact(factors.get(new For(kind, name, ANYWHERE)), year);
    }

    private static @Nullable Factor exact(@Nullable TreeMap<Integer, Factor> years, int year) {
        if (years == null) {
            return null;
        }
        var found = years.get(year);
        return found == null ? years.get(Factor.ANY_YEAR) : found;
    }
}
