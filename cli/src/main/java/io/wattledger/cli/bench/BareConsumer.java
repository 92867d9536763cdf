package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Logging;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What Kafka itself can do on this machine, as a process: one thread reads all samples with one consumer, decodes them as
 * the topology does, and adds up the energy. The consumer has the settings that Kafka Streams gives to its own.
 */
final class BareConsumer {
    /** How its last line begins; samples, readings and millijoules follow. */
    static final String LINE = "read until ";

    private long samples;
    private long readings;
    private long millijoules;

    private BareConsumer() {}

    /** Arguments: bootstrap servers, address of the schema registry. Stays until its input ends, to be measured. */
    public static void main(String[] arguments) throws IOException {
        Logging.toStandardError();
        var settings = new HashMap<String, Object>(Map.of(
                "bootstrap.servers",
                arguments[0],
                "schema.registry.url",
                arguments[1],
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                1000,
                "interceptor.classes",
                FirstPoll.class.getName()));
        var reader = new BareConsumer();
        var end = reader.read(settings);
        System.out.printf("%s%d %d %d %d%n", LINE, end, reader.samples, reader.readings, reader.millijoules);
        System.out.flush();
        System.in.read();
    }

    /** When the last sample had been read, as milliseconds since the epoch. */
    private long read(Map<String, Object> settings) {
        var values = new AvroDeserializer<PowerSamples>();
        values.configure(settings, false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            var partitions = consumer.partitionsFor(Topics.POWER_SAMPLES.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::add);
            }
            return System.currentTimeMillis();
        }
    }

    private void add(ConsumerRecord<String, PowerSamples> record) {
        for (Sample sample : record.value().getSamples()) {
            samples++;
            for (Reading reading : sample.getReadings()) {
                readings++;
                if (reading.getParent() == null) {
                    millijoules += reading.getEnergyMillijoules();
                }
            }
        }
    }
}
