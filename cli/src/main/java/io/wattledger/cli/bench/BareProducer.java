package io.wattledger.cli.bench;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least a JVM that sends to Kafka can cost: a producer with the collector's settings that sends a record of so many
 * bytes at a fixed rate, and nothing else. Arguments: brokers, topic, bytes, milliseconds between two records.
 */
final class BareProducer {
    static final String READY = "producer ready";

    private BareProducer() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        var topic = args[1];
        var value = new byte[Integer.parseInt(args[2])];
        long intervalMillis = Long.parseLong(args[3]);
        // What random bytes weigh is not changed by compression.
        new Random(1).nextBytes(value);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                args[0],
                "acks",
                "all",
                "linger.ms",
                0,
                "compression.type",
                "lz4",
                "buffer.memory",
                4L << 20,
                "metric.reporters",
                "",
                "enable.metrics.push",
                false);
        try (var producer =
                new KafkaProducer<byte[], byte[]>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
            System.out.println(READY);
            long next = System.nanoTime();
            while (true) {
                next += intervalMillis * 1_000_000;
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }
}
