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

/**
 * Rows whose slot has closed, ordered by the zone they are accounted in, slot and host, so that those an intensity or a
 * correction touches stand side by side.
 */
final class ClosedRows {
    private static final byte END = 0;

    private final KeyValueStore<Bytes, EmissionRow> store;
    private final Set<String> zones;

    ClosedRows(KeyValueStore<Bytes, EmissionRow> store) {
        this.store = store;
        this.zones = readZones();
    }

    /** A row and its key, which has the zone and PUE as the collector told them. */
    record ClosedRow(LedgerKey key, EmissionRow row) {}

    void put(LedgerKey key, EmissionRow row) {
        zones.add(row.getZone());
        store.put(storeKey(row.getZone(), key), row);
    }

    /** Takes a row out of the zone it is accounted in; null when there is none. */
    @Nullable
    EmissionRow take(LedgerKey key, String zone) {
        return zones.contains(zone) ? store.delete(storeKey(zone, key)) : null;
    }

    /**
     * Some rows, and where to go on.
     *
     * @param next null when there are no more
     */
    record Portion(List<ClosedRow> rows, byte @Nullable [] next) {}

    /**
     * Rows of a zone whose slot starts in a period.
     *
     * @param from inclusive, in milliseconds since the epoch
     * @param to exclusive
     * @param cursor where the portion before has ended; empty for the first
     */
    Portion portion(String zone, long from, long to, byte[] cursor, int limit) {
        var rows = new ArrayList<ClosedRow>();
        var start = cursor.length == 0 ? prefix(zone, from) : Bytes.wrap(cursor);
        try (var entries = store.range(start, prefix(zone, to))) {
            while (entries.hasNext()) {
                if (rows.size() == limit) {
                    return new Portion(rows, entries.peekNextKey().get());
                }
                var entry = entries.next();
                rows.add(new ClosedRow(ledgerKey(entry.key), entry.value));
            }
        }
        return new Portion(rows, null);
    }

    /** The oldest rows of a zone whose slot starts before a moment, at most {@code limit}. */
    List<ClosedRow> before(String zone, Instant moment, int limit) {
        return range(prefix(zone, 0), prefix(zone, moment.toEpochMilli()), limit);
    }

    /** The rows of a host in one slot of a zone. */
    List<ClosedRow> of(String zone, long slot, String host) {
        var from = concat(prefix(zone, slot).get(), text(host), END);
        var to = concat(prefix(zone, slot).get(), text(host), (byte) (END + 1));
        return range(from, to, Integer.MAX_VALUE);
    }

    private List<ClosedRow> range(Bytes from, Bytes to, int limit) {
        var rows = new ArrayList<ClosedRow>();
        try (var entries = store.range(from, to)) {
            while (entries.hasNext() && rows.size() < limit) {
                var entry = entries.next();
                rows.add(new ClosedRow(ledgerKey(entry.key), entry.value));
            }
        }
        return rows;
    }

    /** The zones there are or have been rows of. */
    Set<String> zones() {
        return zones;
    }

    /** One seek per zone. */
    private Set<String> readZones() {
        var found = new LinkedHashSet<String>();
        var from = Bytes.wrap(new byte[0]);
        while (true) {
            try (var entries = store.range(from, null)) {
                if (!entries.hasNext()) {
                    return found;
                }
                var zone = readText(ByteBuffer.wrap(entries.next().key.get()));
                found.add(zone);
                from = after(zone);
            }
        }
    }

    private static Bytes prefix(String zone, long slot) {
        var text = text(zone);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 9)
                .put(text)
                .put(END)
                .putLong(slot)
                .array());
    }

    private static Bytes after(String zone) {
        return concat(new byte[0], text(zone), (byte) (END + 1));
    }

    private static Bytes concat(byte[] first, byte[] second, byte last) {
        return Bytes.wrap(ByteBuffer.allocate(first.length + second.length + 1)
                .put(first)
                .put(second)
                .put(last)
                .array());
    }

    private static Bytes storeKey(String zone, LedgerKey key) {
        var zoneText = text(zone);
        var host = text(key.getHost());
        var run = text(key.getRun());
        var told = text(key.getZone());
        return Bytes.wrap(ByteBuffer.allocate(zoneText.length + host.length + run.length + told.length + 16)
                .put(zoneText)
                .put(END)
                .putLong(key.getSlotStart().toEpochMilli())
                .put(host)
                .put(END)
                .put(run)
                .put(END)
                .put(told)
                .put(END)
                .putInt(key.getPueThousandths())
                .array());
    }

    private static LedgerKey ledgerKey(Bytes bytes) {
        var key = ByteBuffer.wrap(bytes.get());
        readText(key);
        var slot = Instant.ofEpochMilli(key.getLong());
        var host = readText(key);
        var run = readText(key);
        var zone = readText(key);
        return new LedgerKey(run, host, slot, zone, key.getInt());
    }

    private static String readText(ByteBuffer from) {
        int start = from.position();
        while (from.get() != END) {}
        return new String(from.array(), start, from.position() - 1 - start, StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
