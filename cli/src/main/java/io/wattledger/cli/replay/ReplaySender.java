package io.wattledger.cli.replay;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the records of a replay to the topics of a ledger, in order; their record stamps are those of sending. */
final class ReplaySender implements AutoCloseable {
    private final Ledger ledger;
    private final Producer<byte[], byte[]> producer;
    private final AvroSerializer<SpecificRecord> keys = new AvroSerializer<>();
    private final AvroSerializer<SpecificRecord> values = new AvroSerializer<>();
    private volatile @Nullable Exception failure;

    /** @throws Failure when the settings of the ledger do not do */
    ReplaySender(Ledger ledger) {
        this.ledger = ledger;
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
        settings.putAll(ledger.clientSettings());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ledger.bootstrapServers());
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, ledger.schemaRegistryUrl());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        try {
            keys.configure(settings, true);
            values.configure(settings, false);
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    void send(GridIntensity value) {
        var key = new GridIntensityKey(
                value.getSeries(), value.getZone(), value.getSlotStart(), value.getSlotLengthMillis());
        send(Topics.GRID_INTENSITY, null, keys.serialize(Topics.GRID_INTENSITY.name(), key), value);
    }

    void send(RunEvent event) {
        var key = new RunHostKey(event.getRun(), event.getHost());
        send(Topics.RUNS, event.getHost(), keys.serialize(Topics.RUNS.name(), key), event);
    }

    void send(PowerSamples samples) {
        var key = samples.getHost().getBytes(StandardCharsets.UTF_8);
        send(Topics.POWER_SAMPLES, samples.getHost(), key, samples);
    }

    private void send(TopicSpec topic, @Nullable String host, byte @Nullable [] key, SpecificRecord value) {
        try {
            var partition = host == null
                    ? null
                    : (Integer) HostPartition.of(
                            host, producer.partitionsFor(topic.name()).size());
            var bytes = values.serialize(topic.name(), value);
            producer.send(new ProducerRecord<>(topic.name(), partition, key, bytes), (metadata, error) -> {
                if (error != null) {
                    failure = error;
                }
            });
        } catch (KafkaException e) {
            throw failed(e);
        }
        check();
    }

    /**
     * Waits until everything that was sent is stored.
     *
     * @throws Failure when something could not be
     */
    void flush() {
        producer.flush();
        check();
    }

    private void check() {
        var error = failure;
        if (error != null) {
            throw failed(error);
        }
    }

    private Failure failed(Exception cause) {
        return new Failure(
                "Cannot send the recording to the Kafka cluster at " + ledger.bootstrapServers()
                        + ", schema registry at " + ledger.schemaRegistryUrl() + " (" + cause.getMessage()
                        + "). Check that both are up, and replay again: what has arrived is not counted twice",
                cause);
    }

    @Override
    public void close() {
        producer.close();
        keys.close();
        values.close();
    }
}
