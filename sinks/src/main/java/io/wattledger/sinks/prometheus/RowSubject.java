package io.wattledger.sinks.prometheus;

import io.wattledger.schemas.record.EmissionRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a row of the ledger tells of the slot in progress: the newest slot counts, and it ends when no more rows come. */
sealed interface RowSubject extends Subject permits RunPower, HostIntensity {
    EmissionRow row();

    @Override
    default Instant period() {
        return row().getSlotStart();
    }

    @Override
    default Instant knownAt() {
        return row().getKnownAt();
    }

    @Override
    default Instant end(Retention retention, @Nullable Instant before) {
        return row().getKnownAt().plus(retention.rows());
    }
}
