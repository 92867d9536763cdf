package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows whose slot has closed, ordered by zone and slot so that those an intensity touches stand side by side. */
final class ClosedRows {
    private static final byte END = 0;

    private final KeyValueStore<Bytes, EmissionRow> store;

    ClosedRows(KeyValueStore<Bytes, EmissionRow> store) {
        this.store = store;
    }

    void put(EmissionRow row) {
        store.put(key(row.getZone(), row.getSlotStart(), row.getHost(), row.getRun(), row.getPueThousandths()), row);
    }

    /** Takes a row out, to be changed; null when there is none. */
    @Nullable
    EmissionRow take(LedgerKey key) {
        return store.delete(
                key(key.getZone(), key.getSlotStart(), key.getHost(), key.getRun(), key.getPueThousandths()));
    }

    /** The rows of a zone whose slot starts in a period: {@code from} inclusive, {@code to} exclusive. */
    List<EmissionRow> between(String zone, Instant from, Instant to) {
        return range(prefix(zone, from), prefix(zone, to));
    }

    /** All rows of a zone. */
    List<EmissionRow> of(String zone) {
        return range(prefix(zone, Instant.EPOCH), after(zone));
    }

    private List<EmissionRow> range(Bytes from, Bytes to) {
        var rows = new ArrayList<EmissionRow>();
        try (var entries = store.range(from, to)) {
            entries.forEachRemaining(entry -> rows.add(entry.value));
        }
        return rows;
    }

    /** The zones there are rows of; one seek per zone. */
    Set<String> zones() {
        var zones = new LinkedHashSet<String>();
        var from = Bytes.wrap(new byte[0]);
        while (true) {
            try (var entries = store.range(from, null)) {
                if (!entries.hasNext()) {
                    return zones;
                }
                var zone = zoneOf(entries.next().key);
                zones.add(zone);
                from = after(zone);
            }
        }
    }

    private static String zoneOf(Bytes key) {
        int length = 0;
        while (key.get()[length] != END) {
            length++;
        }
        return new String(key.get(), 0, length, StandardCharsets.UTF_8);
    }

    private static Bytes prefix(String zone, Instant slot) {
        var text = text(zone);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 9)
                .put(text)
                .put(END)
                .putLong(slot.toEpochMilli())
                .array());
    }

    private static Bytes after(String zone) {
        var text = text(zone);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 1)
                .put(text)
                .put((byte) (END + 1))
                .array());
    }

    private static Bytes key(String zone, Instant slot, String host, String run, int pue) {
        var zoneText = text(zone);
        var hostText = text(host);
        var runText = text(run);
        return Bytes.wrap(ByteBuffer.allocate(zoneText.length + 9 + hostText.length + 1 + runText.length + 5)
                .put(zoneText)
                .put(END)
                .putLong(slot.toEpochMilli())
                .put(hostText)
                .put(END)
                .put(runText)
                .put(END)
                .putInt(pue)
                .array());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
