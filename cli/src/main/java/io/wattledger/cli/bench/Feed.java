package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what collectors and sources of intensities write, stamped as theirs with the time of publishing: the broker deletes
 * by the stamp, so what tells of a time long ago would be gone before it is read.
 */
final class Feed implements AutoCloseable {
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> keys;
    private final Serializer<SpecificRecord> values;
    private volatile @Nullable Exception failure;

    private Feed(BenchCluster cluster, Map<String, Object> settings) {
        var all = new HashMap<>(cluster.clientSettings());
        all.putAll(settings);
        partitions = cluster.partitions();
        producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
        keys = serializer(all, true);
        values = serializer(all, false);
    }

    private static Serializer<SpecificRecord> serializer(Map<String, ?> settings, boolean isKey) {
        var serde = new AvroSerde<SpecificRecord>();
        serde.configure(settings, isKey);
        return serde.serializer();
    }

    /** For much at once: large batches, compressed as the ledger's own are. */
    static Feed inBulk(BenchCluster cluster) {
        return new Feed(
                cluster,
                Map.of("compression.type", "lz4", "batch.size", 65536, "linger.ms", 50, "buffer.memory", 67_108_864));
    }

    /** For records that are waited for. */
    static Feed live(BenchCluster cluster) {
        return new Feed(cluster, Map.of());
    }

    void samples(PowerSamples record) {
        send(Topics.POWER_SAMPLES, record.getHost(), text(record.getHost()), record);
    }

    void run(RunEvent event) {
        var key = keys.serialize(Topics.RUNS.name(), new RunHostKey(event.getRun(), event.getHost()));
        send(Topics.RUNS, event.getHost(), key, event);
    }

    void intensity(GridIntensity value) {
        var key = new GridIntensityKey(
                value.getSeries(), value.getZone(), value.getSlotStart(), value.getSlotLengthMillis());
        var bytes = keys.serialize(Topics.GRID_INTENSITY.name(), key);
        send(Topics.GRID_INTENSITY, null, bytes, value);
    }

    /** Further topics, whose keys are text that says the partition. */
    void send(String topic, String key, SpecificRecord value) {
        send(topic, HostPartition.of(key, partitions), text(key), value);
    }

    private void send(TopicSpec topic, @Nullable String host, byte @Nullable [] key, SpecificRecord value) {
        send(topic.name(), host == null ? null : HostPartition.of(host, partitions), key, value);
    }

    private void send(String topic, @Nullable Integer partition, byte @Nullable [] key, SpecificRecord value) {
        var record = new ProducerRecord<>(topic, partition, key, values.serialize(topic, value));
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure = e;
            }
        });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until the broker has everything. */
    void flush() {
        producer.flush();
        if (failure != null) {
            throw new Failure("The broker did not take a record (" + failure + ")", failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
