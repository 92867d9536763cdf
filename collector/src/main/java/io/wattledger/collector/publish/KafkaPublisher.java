package io.wattledger.collector.publish;

import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.registry.IncompatibleSchemaException;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Sends to Kafka, each kind of record to its topic. */
public final class KafkaPublisher implements SamplePublisher {
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<Object> keys;
    private final Serializer<Object> values;
    private final String where;

    KafkaPublisher(
            Producer<byte[], byte[]> producer, Serializer<Object> keys, Serializer<Object> values, String where) {
        this.producer = producer;
        this.keys = keys;
        this.values = values;
        this.where = where;
    }

    /**
     * Connects.
     *
     * @param kafka further settings of the producer and of the serializers, without a prefix. {@code key.serializer} and
     *     {@code value.serializer} name the classes that write Avro, ours when absent
     * @throws PublishException when the settings do not do
     */
    public static KafkaPublisher connect(Endpoints endpoints, String host, Map<String, String> kafka)
            throws PublishException {
        var where =
                "Kafka at " + endpoints.bootstrapServers() + ", schema registry at " + endpoints.schemaRegistryUrl();
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "wattledger-collector-" + host);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        // Nobody looks at the producer's own metrics: JMX and pushing them to the broker would cost memory and
        // wake-ups.
        settings.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
        settings.putAll(kafka);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.bootstrapServers());
        settings.put(Endpoints.SCHEMA_REGISTRY_URL, endpoints.schemaRegistryUrl());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        try {
            var values = serializer(settings, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, false);
            var keys = serializer(settings, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, true);
            var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            return new KafkaPublisher(producer, keys, values, where);
        } catch (KafkaException | ClassNotFoundException e) {
            throw new PublishException("Cannot connect to " + where + ": " + reason(e), e);
        }
    }

    @Override
    public List<Rejection> publish(List<SpecificRecord> records) throws PublishException, InterruptedException {
        var rejections = new ArrayList<Rejection>();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            for (var record : records) {
                sent.add(producer.send(toKafka(record)));
            }
            producer.flush();
        } catch (InterruptException e) {
            Thread.interrupted();
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) {
            throw failed(e);
        }
        @Nullable Throwable failure = null;
        for (int i = 0; i < records.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                if (cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException) {
                    rejections.add(new Rejection(records.get(i), reason(cause)));
                } else if (failure == null) {
                    failure = cause;
                }
            }
        }
        if (failure != null) {
            throw failed(failure);
        }
        return rejections;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIME);
        keys.close();
        values.close();
    }

    private ProducerRecord<byte[], byte[]> toKafka(SpecificRecord record) throws PublishException {
        if (record instanceof PowerSamples samples) {
            return toKafka(Topics.POWER_SAMPLES, samples.getHost(), samples.getHost(), record);
        }
        if (record instanceof RunEvent event) {
            return toKafka(Topics.RUNS, event.getHost(), new RunHostKey(event.getRun(), event.getHost()), record);
        }
        if (record instanceof HostProfile profile) {
            return toKafka(Topics.HOSTS, profile.getHost(), profile.getHost(), record);
        }
        throw new IllegalArgumentException("No topic for " + record.getSchema().getFullName());
    }

    private ProducerRecord<byte[], byte[]> toKafka(TopicSpec topic, String host, Object key, SpecificRecord value)
            throws PublishException {
        try {
            @Nullable
            Integer partition = topic.byHost()
                    ? HostPartition.of(
                            host, producer.partitionsFor(topic.name()).size())
                    : null;
            var keyBytes = topic.hasTextKey()
                    ? key.toString().getBytes(StandardCharsets.UTF_8)
                    : keys.serialize(topic.name(), key);
            return new ProducerRecord<>(topic.name(), partition, keyBytes, values.serialize(topic.name(), value));
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private PublishException failed(Throwable cause) {
        return new PublishException("Cannot send to " + where + ": " + reason(cause) + advice(cause), cause);
    }

    private static String reason(Throwable cause) {
        var text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    private static String advice(Throwable cause) {
        if (cause instanceof IncompatibleSchemaException) {
            return " (a newer or older Wattledger has registered another schema: upgrade this collector, or change the"
                    + " subject's compatibility level)";
        }
        if (cause instanceof SerializationException) {
            return " (check that the schema registry is up)";
        }
        if (cause instanceof TimeoutException) {
            return " (either no broker answers there or the topic does not exist: see wattledger topics --help)";
        }
        return "";
    }

    @SuppressWarnings("unchecked") // The class is named in a configuration; what it writes are our records.
    private static Serializer<Object> serializer(Map<String, Object> settings, String key, boolean isKey)
            throws ClassNotFoundException {
        var name = settings.getOrDefault(key, AvroSerializer.class.getName()).toString();
        var serializer = Utils.newInstance(name, Serializer.class);
        serializer.configure(settings, isKey);
        return (Serializer<Object>) serializer;
    }
}
