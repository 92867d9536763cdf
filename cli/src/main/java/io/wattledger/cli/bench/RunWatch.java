package io.wattledger.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the totals of runs as they are committed, and tells when they are what was expected. */
final class RunWatch<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, V> consumer;
    private final Function<V, RunFigures> figures;
    private final Expectation expectation;
    private final Map<String, RunFigures> found = new HashMap<>();
    private final Set<String> right = new HashSet<>();
    private long millijoules;
    private Instant lastChange = Instant.now();

    /**
     * @param topic where the totals are, the key being the run
     * @param figures what a record says
     */
    RunWatch(
            BenchCluster cluster,
            String topic,
            Deserializer<V> values,
            Function<V, RunFigures> figures,
            Expectation expectation) {
        var settings = new HashMap<>(cluster.clientSettings());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        values.configure(settings, false);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
        this.figures = figures;
        this.expectation = expectation;
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Reads until all is right, or nothing has changed for that long.
     *
     * @return whether all is right
     */
    boolean awaitRight(Duration patience) {
        return await(this::isRight, patience);
    }

    /** Reads until that share of the energy has been accounted, or nothing has changed for that long. */
    boolean awaitShare(double share, Duration patience) {
        long enough = Math.round(expectation.millijoules() * share);
        return await(() -> millijoules >= enough, patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) {
        lastChange = Instant.now();
        while (!condition.getAsBoolean()) {
            if (!read() && lastChange.plus(patience).isBefore(Instant.now())) {
                return false;
            }
        }
        return true;
    }

    /** Goes on reading for that long. */
    void readOn(Duration time) {
        var end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            read();
        }
    }

    private boolean read() {
        var records = consumer.poll(POLL);
        records.forEach(record -> note(record.key(), figures.apply(record.value())));
        if (!records.isEmpty()) {
            lastChange = Instant.now();
        }
        return !records.isEmpty();
    }

    private void note(String run, RunFigures now) {
        var before = found.put(run, now);
        millijoules += now.millijoules() - (before == null ? 0 : before.millijoules());
        if (expectation.isRight(run, now)) {
            right.add(run);
        } else {
            right.remove(run);
        }
    }

    boolean isRight() {
        return right.size() == expectation.runs().size() && found.size() == right.size();
    }

    /** When the last record came. */
    Instant lastChange() {
        return lastChange;
    }

    /** Energy of all runs so far. */
    long millijoules() {
        return millijoules;
    }

    /** What is wrong, for people; empty when all is right. */
    String differences() {
        return expectation.differences(found);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
