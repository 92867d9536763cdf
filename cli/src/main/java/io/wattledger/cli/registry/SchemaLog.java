package io.wattledger.cli.registry;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.registry.RegistryChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Changes in the topic {@code _schemas}. */
final class SchemaLog implements ChangeLog {
    static final String TOPIC = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    /** For the topic when it is opened: the broker may have just started. */
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(15);

    /** For each step afterwards; shorter than clients wait for an answer, so that they get one that says why. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<RegistryChange> state;

    private SchemaLog(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<RegistryChange> state) {
        this.producer = producer;
        this.consumer = consumer;
        this.state = state;
    }

    /**
     * Opens the topic, creating it when it is missing, and applies all it holds.
     *
     * @param state is given every change, in order
     * @throws Failure when the cluster cannot be reached or the topic is not fit
     */
    static SchemaLog open(Map<String, ?> kafkaClientSettings, Consumer<RegistryChange> state) {
        ensureTopic(kafkaClientSettings);
        var producer = producer(kafkaClientSettings);
        try {
            var log = new SchemaLog(producer, consumer(kafkaClientSettings), state);
            log.consumer.assign(List.of(PARTITION));
            log.consumer.seekToBeginning(List.of(PARTITION));
            log.readTo(log.end(PATIENCE_AT_START), PATIENCE_AT_START);
            return log;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // The broker answers in order: a fetch that waits for records holds up the question for the end of the topic.
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "5");
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void ensureTopic(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE_AT_START.toMillis()));
        all.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        try (var admin = Admin.create(all)) {
            var topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            try {
                admin.createTopics(Set.of(topic)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                checkTopic(admin);
            }
        } catch (ExecutionException e) {
            throw new Failure(
                    "Cannot open the topic " + TOPIC + " for the schema registry on "
                            + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + " ("
                            + reason(e) + "); check that the broker runs",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while opening the topic " + TOPIC, e);
        }
    }

    private static void checkTopic(Admin admin) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        var settings = admin.describeConfigs(Set.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next();
        var policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
            throw new Failure("The topic " + TOPIC + " has " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy
                    + ", so schemas would be lost in time; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
    }

    private static @Nullable String reason(ExecutionException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    @Override
    public void append(RegistryChange change) {
        var pair = SchemaRecords.of(change);
        try {
            var written = producer.send(new ProducerRecord<>(TOPIC, PARTITION.partition(), pair.key(), pair.value()))
                    .get();
            readTo(written.offset() + 1, PATIENCE);
        } catch (ExecutionException e) {
            throw new StoreException("Cannot write to the topic " + TOPIC, e.getCause());
        } catch (KafkaException e) {
            throw new StoreException("Cannot write to the topic " + TOPIC, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while writing to the topic " + TOPIC, e);
        }
    }

    @Override
    public void catchUp() {
        try {
            readTo(end(PATIENCE), PATIENCE);
        } catch (KafkaException e) {
            throw new StoreException("Cannot read the topic " + TOPIC, e);
        }
    }

    private long end(Duration patience) {
        return consumer.endOffsets(Set.of(PARTITION), patience).getOrDefault(PARTITION, 0L);
    }

    private void readTo(long end, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (consumer.position(PARTITION) < end) {
            for (var record : consumer.poll(POLL)) {
                SchemaRecords.change(record.key(), record.value()).ifPresent(state);
            }
            if (consumer.position(PARTITION) < end && System.nanoTime() > deadline) {
                throw new TimeoutException("offset " + end + " was not reached within " + patience.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
