package io.wattledger.sinks.csv;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.sinks.task.FakeContext;
import io.wattledger.sinks.task.LedgerSinkTask;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Does with a task what Connect's worker does: in what order it calls it, and what it makes of its answers. */
final class Worker {
    /** What the broker has: records by partition, and what the connector has committed. */
    static final class Broker {
        final Map<TopicPartition, List<SinkRecord>> records =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        final Map<TopicPartition, Long> committed = new HashMap<>();

        /** Offsets have gaps, as in a compacted topic. */
        void send(String topic, int partition, SpecificRecord value) {
            var list = records.computeIfAbsent(new TopicPartition(topic, partition), absent -> new ArrayList<>());
            var struct = RecordStruct.of(value);
            list.add(new SinkRecord(
                    topic,
                    partition,
                    Schema.STRING_SCHEMA,
                    "k",
                    struct.schema(),
                    struct.value(),
                    3 + list.size() * 2L));
        }
    }

    private final Broker broker;
    private final Random random;
    private final FakeContext context = new FakeContext();
    private final LedgerSinkTask task;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> given = new HashMap<>();
    private List<SinkRecord> batch = List.of();

    Worker(Broker broker, Map<String, String> settings, Disk disk, InstantSource clock, Random random) {
        this.broker = broker;
        this.random = random;
        this.task = new LedgerSinkTask(new CsvSink(disk, clock)) {};
        task.initialize(context);
        task.start(settings);
        broker.records.keySet().forEach(partition -> position(partition, broker.committed.getOrDefault(partition, 0L)));
        task.open(broker.records.keySet());
        rewind();
    }

    private void position(TopicPartition partition, long offset) {
        positions.put(partition, offset);
        given.put(partition, new OffsetAndMetadata(offset));
    }

    private void rewind() {
        context.rewound.forEach(this::position);
        context.rewound.clear();
    }

    /** Works until all records are given and committed. */
    void runToTheEnd() {
        for (int round = 0; !isDone(); round++) {
            if (round > 10_000) {
                throw new AssertionError("No end; committed " + broker.committed);
            }
            step();
        }
        stop();
    }

    private boolean isDone() {
        return batch.isEmpty()
                && broker.records.entrySet().stream()
                        .allMatch(list -> broker.committed.getOrDefault(list.getKey(), 0L) > last(list.getValue()));
    }

    private static long last(List<SinkRecord> records) {
        return records.get(records.size() - 1).kafkaOffset();
    }

    /** One turn of the worker's loop. */
    void step() {
        if (random.nextInt(3) == 0) {
            commit();
        }
        rewind();
        if (batch.isEmpty()) {
            batch = poll();
        }
        try {
            task.put(batch);
            batch = List.of();
            positions.forEach((partition, offset) -> given.put(partition, new OffsetAndMetadata(offset)));
        } catch (RetriableException e) {
            // The same records again.
        }
    }

    private List<SinkRecord> poll() {
        var polled = new ArrayList<SinkRecord>();
        broker.records.forEach((partition, list) -> {
            int most = random.nextInt(4);
            list.stream()
                    .filter(record -> record.kafkaOffset() >= positions.get(partition))
                    .limit(most)
                    .forEach(polled::add);
        });
        polled.forEach(record ->
                positions.put(new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset() + 1));
        return polled;
    }

    void commit() {
        task.preCommit(new HashMap<>(given))
                .forEach((partition, offset) -> broker.committed.put(partition, offset.offset()));
    }

    /** As the worker does when it is asked to stop. */
    void stop() {
        commit();
        task.close(broker.records.keySet());
        task.stop();
    }
}
