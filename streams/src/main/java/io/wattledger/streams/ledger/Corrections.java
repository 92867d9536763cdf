package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.HostCorrection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was put right of a host. Where corrections overlap, the one made last counts for each thing it corrects. */
final class Corrections {
    private static final Comparator<HostCorrection> OLDEST_FIRST =
            Comparator.comparing(HostCorrection::getMade).thenComparing(HostCorrection::toString);

    private final List<HostCorrection> corrections;

    Corrections(List<HostCorrection> corrections) {
        this.corrections = new ArrayList<>(corrections);
    }

    /** Notes a correction; returns false when it was known. */
    boolean add(HostCorrection correction) {
        if (corrections.contains(correction)) {
            return false;
        }
        corrections.add(correction);
        corrections.sort(OLDEST_FIRST);
        return true;
    }

    String zone(Instant slot, String told) {
        var zone = corrections.isEmpty() ? null : last(slot, HostCorrection::getZone);
        return zone == null ? told : zone;
    }

    int pueThousandths(Instant slot, int told) {
        var pue = corrections.isEmpty() ? null : last(slot, HostCorrection::getPueThousandths);
        return pue == null ? told : pue;
    }

    /** The corrected supply contract of a slot, or null. */
    @Nullable
    String contract(Instant slot) {
        return corrections.isEmpty() ? null : last(slot, HostCorrection::getContract);
    }

    /** The correction of a slot that was made last, or null. */
    @Nullable
    HostCorrection last(Instant slot) {
        return last(slot, correction -> correction);
    }

    private <T> @Nullable T last(Instant slot, Function<HostCorrection, @Nullable T> what) {
        T found = null;
        for (var correction : corrections) {
            var value = what.apply(correction);
            if (value != null && !slot.isBefore(correction.getFrom()) && slot.isBefore(correction.getTo())) {
                found = value;
            }
        }
        return found;
    }

    void forgetBefore(Instant horizon) {
        corrections.removeIf(correction -> correction.getTo().isBefore(horizon));
    }

    List<HostCorrection> toState() {
        return corrections;
    }
}
