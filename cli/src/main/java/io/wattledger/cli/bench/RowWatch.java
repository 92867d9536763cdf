package io.wattledger.cli.bench;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the rows of the ledger as they are committed. They are decoded only when they are asked for, not while somebody
 * measures.
 */
final class RowWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<EmissionRow> rows = new AvroDeserializer<>();
    private final Map<ByteBuffer, byte[]> newest = new HashMap<>();
    private Instant lastChange = Instant.now();

    RowWatch(BenchCluster cluster) {
        var settings = new HashMap<>(cluster.clientSettings());
        settings.put("isolation.level", "read_committed");
        rows.configure(settings, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.EMISSIONS_LEDGER.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes what has come; returns whether anything has. */
    boolean read() {
        var records = consumer.poll(POLL);
        records.forEach(record -> newest.put(ByteBuffer.wrap(record.key()), record.value()));
        if (!records.isEmpty()) {
            lastChange = Instant.now();
        }
        return !records.isEmpty();
    }

    /** Forgets what has come so far. */
    void forget() {
        newest.clear();
    }

    /** How many rows have come. */
    int count() {
        return newest.size();
    }

    Instant lastChange() {
        return lastChange;
    }

    /** The newest of each row that has come. */
    List<EmissionRow> rows() {
        return newest.values().stream()
                .map(row -> rows.deserialize(Topics.EMISSIONS_LEDGER.name(), row))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
