package io.wattledger.cli.audit;

import io.wattledger.schemas.record.LedgerKey;
import java.time.Instant;
import java.util.Comparator;

/** Key of a row: the zone and PUE that the collector told, whatever a correction made of them. */
record RowKey(String run, String host, long slotStart, String zone, int pueThousandths) {
    /** By time, then by host and run. */
    static final Comparator<RowKey> ORDER = Comparator.comparingLong(RowKey::slotStart)
            .thenComparing(RowKey::host)
            .thenComparing(RowKey::run)
            .thenComparing(RowKey::zone)
            .thenComparingInt(RowKey::pueThousandths);

    static RowKey of(LedgerKey key) {
        return new RowKey(
                key.getRun(), key.getHost(), key.getSlotStart().toEpochMilli(), key.getZone(), key.getPueThousandths());
    }

    Instant slot() {
        return Instant.ofEpochMilli(slotStart);
    }

    @Override
    public String toString() {
        return run + " " + host + " " + slot();
    }
}
