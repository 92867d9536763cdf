package io.wattledger.warehouse;

import io.wattledger.schemas.connect.AvroConverter;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.sinks.worker.SinkCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that writes to its topics as the real one does, and knows what stands in them: the newest row of each key, and all
 * revisions.
 */
final class Ledger {
    static final String ROWS = "emissions-ledger";
    static final String HISTORY = "emissions-history";

    private final SinkCluster cluster;
    private final AvroConverter keys;
    private final AvroConverter values;
    private final Map<LedgerKey, EmissionRow> rows = new LinkedHashMap<>();
    private final List<EmissionRevision> revisions = new ArrayList<>();
    private final Map<String, Long> sent = new LinkedHashMap<>();

    Ledger(SinkCluster cluster, SchemaRegistry registry) {
        this.cluster = cluster;
        this.keys = new AvroConverter(registry, true);
        this.values = new AvroConverter(registry, false);
    }

    /** A row as it stands, with the revision that made it so where its slot has closed. */
    void write(LedgerKey key, EmissionRow row) {
        var before = rows.put(key, row);
        send(ROWS, bytes(ROWS, key), row);
        if (row.getRevision() > 0) {
            revise(key, before, row);
        }
    }

    /** Takes a row away that has closed; its last revision says that it is empty. */
    void retract(LedgerKey key, EmissionRow empty) {
        var before = rows.remove(key);
        send(ROWS, bytes(ROWS, key), null);
        revise(key, before, empty);
    }

    private void revise(LedgerKey key, @Nullable EmissionRow before, EmissionRow after) {
        var revision = EmissionRows.revision(before, after);
        revisions.add(revision);
        send(HISTORY, bytes(HISTORY, key), revision);
    }

    /** A record whose key is text. */
    void write(String topic, String key, SpecificRecord value) {
        send(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** A record of another topic, whose key is a record. */
    void write(String topic, SpecificRecord key, SpecificRecord value) {
        send(topic, bytes(topic, key), value);
    }

    private byte[] bytes(String topic, SpecificRecord key) {
        var struct = RecordStruct.of(key);
        return keys.fromConnectData(topic, struct.schema(), struct.value());
    }

    private void send(String topic, byte[] key, @Nullable SpecificRecord value) {
        var struct = value == null ? null : RecordStruct.of(value);
        cluster.send(
                topic, 0, key, struct == null ? null : values.fromConnectData(topic, struct.schema(), struct.value()));
        sent.merge(topic, 1L, Long::sum);
    }

    /** Waits until a connector has committed all that was sent. */
    void awaitDelivered(String connector, String... topics) {
        cluster.flush();
        for (var topic : topics) {
            cluster.awaitCommitted(connector, topic, 0, sent.getOrDefault(topic, 0L));
        }
    }

    /** One record more is in a topic that somebody else has sent. */
    void strange(String topic) {
        sent.merge(topic, 1L, Long::sum);
    }

    Collection<EmissionRow> rows() {
        return rows.values();
    }

    List<EmissionRevision> revisions() {
        return revisions;
    }

    long sum(ToLongFunction<EmissionRow> figure) {
        return rows.values().stream().mapToLong(figure).sum();
    }
}
