package io.wattledger.streams.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Closed rows that are still to be looked at because an intensity has changed: per zone and period how far this has come.
 * They are worked off in portions, as each portion has to fit a transaction, and outlast a crash.
 */
final class Restatements {
    private static final byte END = 0;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ClosedRows closedRows;
    private boolean pending = true;

    Restatements(KeyValueStore<Bytes, byte[]> store, ClosedRows closedRows) {
        this.store = store;
        this.closedRows = closedRows;
    }

    /** Rows of a zone whose slot starts in a period are to be looked at: {@code from} inclusive, {@code to} exclusive. */
    void add(String zone, long from, long to) {
        if (closedRows.zones().contains(zone)) {
            store.put(key(zone, from, to), new byte[0]);
            pending = true;
        }
    }

    boolean arePending() {
        return pending;
    }

    /** Hands over the next rows, at most {@code limit}. */
    void work(int limit, Consumer<ClosedRows.ClosedRow> restate) {
        int left = limit;
        try (var entries = store.all()) {
            while (left > 0 && entries.hasNext()) {
                var entry = entries.next();
                left -= work(entry.key, entry.value, left, restate);
            }
            pending = left <= 0;
        }
    }

    private int work(Bytes key, byte[] cursor, int limit, Consumer<ClosedRows.ClosedRow> restate) {
        var period = ByteBuffer.wrap(key.get());
        var zone = zone(period);
        var portion = closedRows.portion(zone, period.getLong(), period.getLong(), cursor, limit);
        portion.rows().forEach(restate);
        if (portion.next() == null) {
            store.delete(key);
        } else {
            store.put(key, portion.next());
        }
        return Math.max(1, portion.rows().size());
    }

    private static String zone(ByteBuffer key) {
        int length = 0;
        while (key.get() != END) {
            length++;
        }
        return new String(key.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static Bytes key(String zone, long from, long to) {
        var text = zone.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 17)
                .put(text)
                .put(END)
                .putLong(from)
                .putLong(to)
                .array());
    }
}
