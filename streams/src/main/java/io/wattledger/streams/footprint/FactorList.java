package io.wattledger.streams.footprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The factors of a table while it is read: refuses what contradicts an earlier line. */
final class FactorList {
    private record For(FactorKind kind, String name, String zone, Period period) {}

    private record Row(For what, String instrument) {}

    private final List<Factor> factors = new ArrayList<>();
    private final Map<Row, Integer> lines = new HashMap<>();
    private final Map<For, Integer> shares = new HashMap<>();

    /** @throws IllegalArgumentException when there is one for the same already, or a contract covers more than all */
    void add(Factor factor, int line) {
        var what = new For(factor.kind(), factor.name(), factor.zone(), factor.period());
        var before = lines.putIfAbsent(new Row(what, factor.instrument()), line);
        if (before != null) {
            throw new IllegalArgumentException("is for the same as line " + before);
        }
        int share = shares.merge(what, factor.shareThousandths(), Integer::sum);
        if (share > Factor.WHOLE) {
            throw new IllegalArgumentException("the instruments of the contract '" + factor.name()
                    + "' cover more than all of its energy; their share_percent must add up to 100 at most");
        }
        factors.add(factor);
    }

    List<Factor> all() {
        return List.copyOf(factors);
    }
}
