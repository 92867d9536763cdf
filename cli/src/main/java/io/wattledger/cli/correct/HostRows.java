package io.wattledger.cli.correct;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The rows of one host in a period, as the emissions ledger has them; reads on from where it stood. */
final class HostRows {
    private final TopicReader reader;
    private final String host;
    private final Period period;
    private final TopicPartition partition;
    private final Map<LedgerKey, EmissionRow> rows = new HashMap<>();
    private long position;
    private @Nullable Long slotLengthMillis;

    HostRows(TopicReader reader, String host, Period period) {
        this.reader = reader;
        this.host = host;
        this.period = period;
        var partitions = reader.partitions(Topics.EMISSIONS_LEDGER);
        this.partition = partitions.get(HostPartition.of(host, partitions.size()));
    }

    /** Reads what has been written since; this reads all of the partition the first time. */
    HostRows readOn() {
        long end = reader.ends(List.of(partition)).getOrDefault(partition, 0L);
        reader.<LedgerKey, EmissionRow>read(Topics.EMISSIONS_LEDGER, partition, position, end, (key, row, stamp) -> {
            if (key.getHost().equals(host)) {
                put(key, row);
            }
        });
        position = end;
        return this;
    }

    private void put(LedgerKey key, @Nullable EmissionRow row) {
        if (row == null) {
            rows.remove(key);
            return;
        }
        slotLengthMillis = row.getSlotLengthMillis();
        if (period.includes(row.getSlotStart())) {
            rows.put(key, row);
        }
    }

    /** Length of the host's slots in milliseconds; empty when the ledger has no row of it, of any time. */
    Optional<Long> slotLengthMillis() {
        return Optional.ofNullable(slotLengthMillis);
    }

    Map<LedgerKey, EmissionRow> rows() {
        return Map.copyOf(rows);
    }

    /** The earliest slot that will not change any more. */
    Optional<Instant> sealed() {
        return rows.values().stream()
                .filter(EmissionRow::getSealed)
                .map(EmissionRow::getSlotStart)
                .min(Instant::compareTo);
    }

    /** Whether all rows stand in the zone and at the PUE that a correction says. */
    boolean comply(HostCorrection correction) {
        return rows.values().stream()
                .allMatch(row ->
                        (correction.getZone() == null || correction.getZone().equals(row.getZone()))
                                && (correction.getPueThousandths() == null
                                        || correction.getPueThousandths() == row.getPueThousandths()));
    }

    static Energy energy(Collection<EmissionRow> rows) {
        return rows.stream().map(row -> new Energy(row.getEnergyMillijoules())).reduce(Energy.ZERO, Energy::plus);
    }

    static Emissions emissions(Collection<EmissionRow> rows) {
        return rows.stream()
                .map(row -> new Emissions(row.getEmissionsMicrograms()))
                .reduce(Emissions.ZERO, Emissions::plus);
    }
}
