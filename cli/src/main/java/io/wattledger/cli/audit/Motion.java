package io.wattledger.cli.audit;

import io.wattledger.schemas.record.EmissionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What records touch that came after the audit had noted where the topics end: the ledger may have it already or not, so
 * it is not compared.
 */
final class Motion {
    private record Period(long from, long to) {
        boolean touches(long start, long end) {
            return start < to && from < end;
        }
    }

    private final Map<String, List<Period>> byHost = new HashMap<>();
    private final Map<String, List<Period>> byZone = new HashMap<>();
    private final Set<String> runs = new HashSet<>();
    private boolean annual;

    void host(String host, long from, long to) {
        byHost.computeIfAbsent(host, name -> new ArrayList<>()).add(new Period(from, to));
    }

    void zone(String zone, Instant from, long length) {
        long start = from.toEpochMilli();
        byZone.computeIfAbsent(zone, name -> new ArrayList<>()).add(new Period(start, start + length));
    }

    void run(String run) {
        runs.add(run);
    }

    /** An annual intensity changed, which may touch any row that is not on a live one. */
    void annualIntensities() {
        annual = true;
    }

    boolean moves(String host, long from, long to) {
        return touches(byHost.get(host), from, to);
    }

    /** Whether the intensity of a slot may be another by now. */
    boolean movesZone(String zone, long from, long to) {
        return annual || touches(byZone.get(zone), from, to);
    }

    boolean moves(EmissionRow row) {
        long start = row.getSlotStart().toEpochMilli();
        long end = start + row.getSlotLengthMillis();
        return moves(row.getHost(), start, end) || movesZone(row.getZone(), start, end);
    }

    boolean movesRun(String run) {
        return runs.contains(run);
    }

    private static boolean touches(@Nullable List<Period> periods, long from, long to) {
        return periods != null && periods.stream().anyMatch(period -> period.touches(from, to));
    }
}
