package io.wattledger.cli.audit;

import io.wattledger.schemas.record.HostCorrection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was put right: for each thing that a correction corrects, the one that was made last counts. */
final class CorrectionBook {
    private static final Comparator<HostCorrection> LAST_MADE =
            Comparator.comparing(HostCorrection::getMade).thenComparing(HostCorrection::toString);

    private final Map<String, List<HostCorrection>> byHost = new HashMap<>();

    void add(HostCorrection correction) {
        byHost.computeIfAbsent(correction.getHost(), host -> new ArrayList<>()).add(correction);
    }

    /** Zone that a row is accounted in. */
    String zone(RowKey row) {
        var correction = last(row, HostCorrection::getZone);
        return correction == null ? row.zone() : String.valueOf(correction.getZone());
    }

    /** PUE that a row is accounted with, in thousandths. */
    int pueThousandths(RowKey row) {
        var correction = last(row, HostCorrection::getPueThousandths);
        var pue = correction == null ? null : correction.getPueThousandths();
        return pue == null ? row.pueThousandths() : pue;
    }

    /** The correction of something that counts for a row, or null. */
    @Nullable
    HostCorrection last(RowKey row, Function<HostCorrection, @Nullable Object> what) {
        return byHost.getOrDefault(row.host(), List.of()).stream()
                .filter(correction -> what.apply(correction) != null && includes(correction, row.slot()))
                .max(LAST_MADE)
                .orElse(null);
    }

    private static boolean includes(HostCorrection correction, Instant slot) {
        return !slot.isBefore(correction.getFrom()) && slot.isBefore(correction.getTo());
    }
}
