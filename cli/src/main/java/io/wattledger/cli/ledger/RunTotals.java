package io.wattledger.cli.ledger;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.ClusterFailure;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the totals of runs from their topic. */
public final class RunTotals implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Ledger ledger;
    private final KafkaConsumer<String, RunEmissions> consumer;
    private final List<TopicPartition> partitions;

    private RunTotals(Ledger ledger, KafkaConsumer<String, RunEmissions> consumer) {
        this.ledger = ledger;
        this.consumer = consumer;
        this.partitions = partitions();
    }

    /**
     * Connects to a ledger.
     *
     * @throws Failure when it cannot be reached or has no such topic
     */
    public static RunTotals of(Ledger ledger) {
        var settings = new HashMap<String, Object>(ledger.clientSettings());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, ledger.bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, ledger.schemaRegistryUrl());
        try {
            var values = new AvroDeserializer<RunEmissions>();
            values.configure(settings, false);
            var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
            try {
                return new RunTotals(ledger, consumer);
            } catch (RuntimeException e) {
                consumer.close();
                throw e;
            }
        } catch (KafkaException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    private List<TopicPartition> partitions() {
        try {
            var topic = Topics.RUN_EMISSIONS.name();
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new Failure("The cluster at " + ledger.bootstrapServers() + " has no topic " + topic
                        + "; create the topics with: wattledger topics create --bootstrap-servers "
                        + ledger.bootstrapServers());
            }
            return partitions;
        } catch (TimeoutException e) {
            throw ClusterFailure.of(ledger.bootstrapServers(), e);
        }
    }

    /** The newest total of each run there is now. */
    public Collection<RunEmissions> all() {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var totals = new LinkedHashMap<String, RunEmissions>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll().forEach(record -> totals.put(record.key(), record.value()));
        }
        totals.values().removeIf(total -> total == null);
        return totals.values();
    }

    /**
     * Waits for the total of a run.
     *
     * @param since nothing is read that was written before
     * @param wanted tells whether a total is what is waited for
     * @param patience asked several times a second whether to go on waiting
     * @return the first total that is, or null when patience came to its end
     */
    public @Nullable RunEmissions await(
            String run, Instant since, Predicate<RunEmissions> wanted, BooleanSupplier patience) {
        seek(since);
        return awaitNext(run, wanted, patience);
    }

    /** As {@link #await}, going on where the last reading of totals has ended. */
    public @Nullable RunEmissions awaitNext(String run, Predicate<RunEmissions> wanted, BooleanSupplier patience) {
        do {
            for (var record : poll()) {
                if (run.equals(record.key()) && record.value() != null && wanted.test(record.value())) {
                    return record.value();
                }
            }
        } while (patience.getAsBoolean());
        return null;
    }

    private void seek(Instant since) {
        consumer.assign(partitions);
        // The end is noted first: seekToEnd would look for it with the first poll, and pass over what came in between.
        var ends = consumer.endOffsets(partitions);
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(times)
                .forEach((partition, first) ->
                        consumer.seek(partition, first != null ? first.offset() : ends.getOrDefault(partition, 0L)));
    }

    private ConsumerRecords<String, RunEmissions> poll() {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw new Failure(
                    "Cannot read the totals of runs from " + ledger.bootstrapServers() + " (" + e.getMessage()
                            + "); check the schema registry at " + ledger.schemaRegistryUrl(),
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
