package io.wattledger.cli.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the keys of all that is appended to topics, also what is never committed. */
final class KeyWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private KeyWatch(BenchCluster cluster, Collection<String> topics) {
        var settings = new HashMap<>(cluster.clientSettings());
        settings.put("isolation.level", "read_uncommitted");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** Begins with the first record there is. */
    static KeyWatch fromStart(BenchCluster cluster, String... topics) {
        var watch = new KeyWatch(cluster, Arrays.asList(topics));
        watch.consumer.seekToBeginning(watch.partitions);
        return watch;
    }

    /** Begins with the first record that is not there yet. */
    static KeyWatch fromNow(BenchCluster cluster, Collection<String> topics) {
        var watch = new KeyWatch(cluster, topics);
        watch.consumer.endOffsets(watch.partitions).forEach(watch.consumer::seek);
        return watch;
    }

    /** Hands over topic and key of all that has come up to now. */
    void read(BiConsumer<String, byte[]> each) {
        var ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(POLL).forEach(record -> each.accept(record.topic(), record.key()));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
