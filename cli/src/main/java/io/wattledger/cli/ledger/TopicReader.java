package io.wattledger.cli.ledger;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.ClusterFailure;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads stretches of topics: committed records only, in the order of each partition, in no consumer group. Belongs to one
 * thread. What cannot be read as what the topic should hold is left out and counted, as the ledger does with it.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_FETCH = Duration.ofMillis(10);

    private final Ledger ledger;
    private final Deserializer<String> texts = new StringDeserializer();
    private final AvroDeserializer<SpecificRecord> records = new AvroDeserializer<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long unreadable;

    private TopicReader(Ledger ledger, Map<String, Object> settings) {
        this.ledger = ledger;
        records.configure(settings, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Connects to the cluster of a ledger.
     *
     * @throws Failure when its settings are wrong
     */
    public static TopicReader of(Ledger ledger) {
        var settings = new HashMap<String, Object>(ledger.clientSettings());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, ledger.bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        // A broker asked for more of a partition that has been read answers only then; until it does the next one
        // waits.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) LONGEST_FETCH.toMillis());
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, ledger.schemaRegistryUrl());
        try {
            return new TopicReader(ledger, settings);
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /**
     * The partitions of a topic.
     *
     * @throws Failure when the cluster cannot be reached or has no such topic
     */
    public List<TopicPartition> partitions(TopicSpec topic) {
        try {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new Failure("The cluster at " + ledger.bootstrapServers() + " has no topic " + topic.name()
                        + "; create the topics with: wattledger topics create --bootstrap-servers "
                        + ledger.bootstrapServers());
            }
            return partitions;
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /** Where each partition ends now: the offset after the last record that is committed. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        try {
            return Map.copyOf(consumer.endOffsets(partitions));
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /** The offset of the first record that is still there. */
    public long begin(TopicPartition partition) {
        try {
            return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /** The offset of the first record whose stamp is not before a time; the end where there is none. */
    public long offsetAt(TopicPartition partition, Instant time) {
        try {
            var found = consumer.offsetsForTimes(Map.of(partition, Math.max(0, time.toEpochMilli())))
                    .get(partition);
            return found == null ? ends(List.of(partition)).getOrDefault(partition, 0L) : found.offset();
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /** What is done with a record, whose stamp is in milliseconds since the epoch; the value is null in a tombstone. */
    public interface Visitor<K, V> {
        void visit(K key, @Nullable V value, long timestamp);
    }

    /**
     * Reads a partition.
     *
     * @param from the first offset; what has been deleted is passed over
     * @param end the offset after the last
     * @throws Failure when the cluster or the schema registry does not answer
     */
    public <K, V extends SpecificRecord> void read(
            TopicSpec topic, TopicPartition partition, long from, long end, Visitor<K, V> visitor) {
        this.<K, V>read(topic, partition, from, end, key -> true, visitor);
    }

    /** As {@link #read(TopicSpec, TopicPartition, long, long, Visitor)}, but for records with other keys than are wanted. */
    public <K, V extends SpecificRecord> void read(
            TopicSpec topic,
            TopicPartition partition,
            long from,
            long end,
            Predicate<K> wanted,
            Visitor<K, V> visitor) {
        if (from >= end) {
            return;
        }
        @SuppressWarnings("unchecked")
        var keys = (Deserializer<K>) (topic.hasTextKey() ? texts : records);
        @SuppressWarnings("unchecked")
        var values = (Deserializer<V>) (Deserializer<?>) records;
        read(partition, from, end, record -> {
            K key;
            V value;
            try {
                key = keys.deserialize(topic.name(), record.key());
                if (!wanted.test(key)) {
                    return;
                }
                value = values.deserialize(topic.name(), record.value());
            } catch (SerializationException e) {
                unreadable++;
                return;
            }
            visitor.visit(key, value, record.timestamp());
        });
    }

    private void read(TopicPartition partition, long from, long end, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        try {
            seek(partition, from);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        visitor.accept(record);
                    }
                }
            }
        } catch (KafkaException e) {
            throw unreadable(partition, e);
        }
    }

    /** Whether there is a record in that stretch; the ends of transactions take up offsets too, but are none. */
    boolean hasRecords(TopicPartition partition, long from, long end) {
        try {
            seek(partition, from);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(POLL)) {
                    return record.offset() < end;
                }
            }
            return false;
        } catch (KafkaException e) {
            throw unreadable(partition, e);
        }
    }

    /** What was assigned before stays so, but paused: for another set of topics the client asks for all of it anew. */
    private void seek(TopicPartition partition, long from) {
        var assigned = new HashSet<>(consumer.assignment());
        consumer.pause(assigned);
        if (assigned.add(partition)) {
            consumer.assign(assigned);
        }
        consumer.resume(List.of(partition));
        // Where nothing is left at that offset, the client goes to the earliest.
        consumer.seek(partition, from);
    }

    private Failure unreadable(TopicPartition partition, Exception cause) {
        return new Failure(
                "Cannot read " + partition + " from " + ledger.bootstrapServers() + " (" + cause.getMessage()
                        + "); check that its brokers and the schema registry at " + ledger.schemaRegistryUrl()
                        + " are up",
                cause);
    }

    /** How many records could not be read so far. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
