package io.wattledger.cli.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Totals of runs, as they are committed. */
final class RunTopic<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<String, V> consumer;
    private final Function<V, RunFigures> figures;

    /**
     * Begins with the first record there is.
     *
     * @param topic where the totals are, the key being the run
     * @param figures what a record says
     */
    RunTopic(BenchCluster cluster, String topic, Deserializer<V> values, Function<V, RunFigures> figures) {
        var settings = new HashMap<>(cluster.clientSettings());
        settings.put("isolation.level", "read_committed");
        values.configure(settings, false);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
        this.figures = figures;
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands over what has come; returns whether anything has. */
    boolean read(BiConsumer<String, RunFigures> each) {
        var records = consumer.poll(POLL);
        records.forEach(record -> each.accept(record.key(), figures.apply(record.value())));
        return !records.isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
