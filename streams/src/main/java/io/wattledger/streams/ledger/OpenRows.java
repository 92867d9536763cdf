package io.wattledger.streams.ledger;

import io.wattledger.schemas.state.OpenRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Where the open rows of all hosts are kept, one by one, so that a commit writes those that have changed. */
final class OpenRows {
    private static final byte END = 0;

    private final KeyValueStore<Bytes, OpenRow> store;

    OpenRows(KeyValueStore<Bytes, OpenRow> store) {
        this.store = store;
    }

    void put(String host, SlotRows slot, RowTally row) {
        store.put(key(host, slot, row), row.toState(host, slot));
    }

    void delete(String host, SlotRows slot, RowTally row) {
        store.delete(key(host, slot, row));
    }

    void forEach(Consumer<OpenRow> action) {
        try (var rows = store.all()) {
            rows.forEachRemaining(entry -> action.accept(entry.value));
        }
    }

    private static Bytes key(String host, SlotRows slot, RowTally row) {
        var hostText = text(host);
        var zoneText = text(slot.zone());
        var runText = text(row.run);
        return Bytes.wrap(ByteBuffer.allocate(hostText.length + zoneText.length + runText.length + 14)
                .put(hostText)
                .put(END)
                .putLong(slot.startMillis())
                .put(zoneText)
                .put(END)
                .putInt(slot.pueThousandths())
                .put(runText)
                .array());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
