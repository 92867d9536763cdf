package io.wattledger.cli.correct;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes corrections. */
final class Corrections {
    private static final String PATIENCE_MILLIS = "10000";

    private final Ledger ledger;

    Corrections(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Publishes a correction and waits until the cluster has it.
     *
     * @return its partition, and where that ends after it
     */
    Map<TopicPartition, Long> publish(HostCorrection correction) {
        var settings = new HashMap<String, Object>(ledger.clientSettings());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ledger.bootstrapServers());
        settings.put(RegistryConfig.SCHEMA_REGISTRY_URL, ledger.schemaRegistryUrl());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        var topic = Topics.CORRECTIONS.name();
        var values = new AvroSerializer<HostCorrection>();
        values.configure(settings, false);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), values)) {
            int partition = HostPartition.of(
                    correction.getHost(), producer.partitionsFor(topic).size());
            var record = new ProducerRecord<>(topic, partition, correction.getHost(), correction);
            long offset = producer.send(record).get().offset();
            return Map.of(new TopicPartition(topic, partition), offset + 1);
        } catch (ExecutionException | KafkaException e) {
            throw new Failure(
                    "Cannot publish the correction to " + topic + " at " + ledger.bootstrapServers() + " ("
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage())
                            + "); nothing has been changed",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while the correction was published; it may or may not be", e);
        }
    }
}
