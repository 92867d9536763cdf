package io.wattledger.cli.audit;

import io.wattledger.cli.audit.Difference.Gap;
import io.wattledger.cli.audit.Difference.What;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an audit has found. */
final class AuditReport {
    /** Things that were met on the way. */
    enum Count {
        SAMPLES("samples"),
        DOUBLED("samples that came more than once"),
        OVERLAPPING("samples refused, as another session had told of their time"),
        LATE("samples that came after their slot had been sealed"),
        REFUSED("records refused, as they cannot be right"),
        UNREADABLE("records that cannot be read"),
        FROM_ENERGY_LEDGER("rows checked from the energy ledger on, as their samples are not kept any more"),
        SEALED("sealed rows, whose intensity stays as it is"),
        MOVING("rows left out, as something that touches them came in meanwhile");

        final String text;

        Count(String text) {
            this.text = text;
        }
    }

    private final Map<What, Long> compared = new EnumMap<>(What.class);
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final List<Difference> differences = new ArrayList<>();
    private final List<Explained> explained = new ArrayList<>();

    /** One more was compared. */
    void counted(What what) {
        compared.merge(what, 1L, Long::sum);
    }

    void count(Count what, long number) {
        if (number > 0) {
            counts.merge(what, number, Long::sum);
        }
    }

    /** Notes a difference; without gaps there is none. */
    void add(What what, String which, List<Gap> gaps, Function<List<Gap>, String> cause) {
        if (!gaps.isEmpty()) {
            differences.add(new Difference(what, which, List.copyOf(gaps), cause.apply(gaps)));
        }
    }

    void explain(Explained row) {
        explained.add(row);
    }

    long compared(What what) {
        return compared.getOrDefault(what, 0L);
    }

    /** Whether the part of the ledger that was asked for has nothing in it. */
    boolean isEmpty() {
        return compared.isEmpty() && differences.isEmpty();
    }

    Map<Count, Long> counts() {
        return counts;
    }

    List<Difference> differences() {
        return differences;
    }

    /** Rows that somebody wanted explained. */
    List<Explained> explained() {
        return explained;
    }
}
