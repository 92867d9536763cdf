package io.wattledger.cli.bench;

import io.wattledger.cli.bench.CollectorBench.Phase;
import io.wattledger.cli.bench.CollectorBench.Weight;
import io.wattledger.cli.stack.Distribution;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.Topics;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Weighs the collector, started as it is shipped, on a host made of files. */
final class CollectorWeighing {
    private static final String FLOOR_TOPIC = "bench-bare-producer";
    private static final String READY = "collector ready";

    /** What Kafka adds to the bytes of a record that is alone in its batch; see its documentation of the message format. */
    private static final int BATCH_OVERHEAD_BYTES = 70;

    private static final Duration FIRST_SENDING = Duration.ofSeconds(4);
    private static final int SENDINGS_TO_WARM_UP = 2;

    private final BenchSettings settings;
    private final Duration warmUp;
    private final Duration time;

    /**
     * @param warmUp how long collector and producer are left alone in each phase before they are measured
     * @param time how long to measure each phase
     */
    CollectorWeighing(BenchSettings settings, Duration warmUp, Duration time) {
        this.settings = settings;
        this.warmUp = warmUp;
        this.time = time;
    }

    /** Measures one phase for each time between two sendings. */
    CollectorBench measure(List<Duration> publish) {
        try (var cluster = settings.startCluster();
                var tree = HostTree.in(cluster.place().folder().resolve("sys"))) {
            cluster.create(new NewTopic(FLOOR_TOPIC, 1, (short) 1));
            try (var traffic = BrokerTraffic.of(cluster.broker())) {
                var phases = publish.stream()
                        .map(interval -> phase(cluster, tree, traffic, interval))
                        .toList();
                return new CollectorBench(Machine.here(), settings.javaOptions(), phases);
            }
        }
    }

    private Phase phase(BenchCluster cluster, HostTree tree, BrokerTraffic traffic, Duration publish) {
        var host = "bench-" + publish.toMillis();
        settings.progress()
                .accept("measuring a collector that sends every " + publish.toMillis() + " ms for " + time.toSeconds()
                        + " s");
        var before = Sent.of(traffic);
        var born = Instant.now();
        var collector = cluster.place().start(host, collector(cluster, tree, host, publish));
        collector.await(READY);
        pause(FIRST_SENDING);
        var first = Sent.of(traffic);
        pause(publish.multipliedBy(SENDINGS_TO_WARM_UP));
        long bytes = Sent.of(traffic).minus(first).bytesPerRecord();
        var bare = cluster.place().start(host + "-bare", bare(cluster, bytes - BATCH_OVERHEAD_BYTES, publish));
        bare.await(BareProducer.READY);
        pause(warmUp);

        var collectorUse = collector.use();
        var bareUse = bare.use();
        long start = System.nanoTime();
        pause(time);
        var measured = Duration.ofNanos(System.nanoTime() - start);
        var collectorWeight =
                Weight.of(measured, collector.use().cpuTimeSince(collectorUse), ProcessMemory.of(collector.pid()));
        var bareWeight = Weight.of(measured, bare.use().cpuTimeSince(bareUse), ProcessMemory.of(bare.pid()));
        bare.close();
        collector.stop();

        var samples = samples(cluster, host);
        if (samples.isEmpty()) {
            throw new Failure("No sample of the collector has arrived" + collector.lastWords());
        }
        long all = Sent.of(traffic).minus(before).bytes;
        return new Phase(
                publish.toMillis() / 1000.0,
                CollectorBench.cpuTargetMillisPerSecond(publish),
                Duration.between(born, samples.get(0).getStart()).toMillis(),
                Duration.between(born, samples.get(0).getEnd()).toMillis(),
                samples.size(),
                samples.get(samples.size() - 1).getReadings().size(),
                (double) all / samples.size(),
                collectorWeight,
                bareWeight);
    }

    private List<String> collector(BenchCluster cluster, HostTree tree, String host, Duration publish) {
        var options = new LinkedHashMap<String, String>();
        options.put("data.dir", cluster.place().folder().resolve(host).toString());
        options.put("host.name", host);
        options.put("sys.dir", tree.sys().toString());
        options.put("interval.ms", "1000");
        options.put("publish.interval.ms", Long.toString(publish.toMillis()));
        options.put("bootstrap.servers", cluster.bootstrapServers());
        options.put("schema.registry.url", cluster.registryUrl());
        return withOptions(CollectorLauncher.command(java(), Distribution.collectorClassPath(), options), host);
    }

    /** The JVM is that of the collector; the class of the producer comes after what its archive of classes was made from. */
    private List<String> bare(BenchCluster cluster, long bytes, Duration publish) {
        var classPath = Distribution.collectorClassPath();
        var command = new ArrayList<>(CollectorLauncher.command(java(), classPath, Map.of()));
        command.remove(command.size() - 1);
        command.set(command.size() - 1, classPath + File.pathSeparator + Distribution.classPath());
        command.add(BareProducer.class.getName());
        command.add(cluster.bootstrapServers());
        command.add(FLOOR_TOPIC);
        command.add(Long.toString(Math.max(1, bytes)));
        command.add(Long.toString(publish.toMillis()));
        return command;
    }

    private List<String> withOptions(List<String> command, String name) {
        var all = new ArrayList<>(command);
        all.addAll(1, settings.javaOptions(name));
        return all;
    }

    private static List<Sample> samples(BenchCluster cluster, String host) {
        var client = new HashMap<>(cluster.clientSettings());
        var values = new AvroDeserializer<PowerSamples>();
        values.configure(client, false);
        var samples = new ArrayList<Sample>();
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), values)) {
            var partitions = consumer.partitionsFor(Topics.POWER_SAMPLES.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.key().equals(host)) {
                        samples.addAll(record.value().getSamples());
                    }
                });
            }
        }
        return samples;
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while measuring the collector", e);
        }
    }

    /** What collectors have sent so far, as the broker counts. */
    private record Sent(long bytes, long records) {
        static Sent of(BrokerTraffic traffic) {
            var topic = Topics.POWER_SAMPLES.name();
            return new Sent(
                    Optional.ofNullable(traffic.bytes().get(topic)).orElse(0L),
                    Optional.ofNullable(traffic.records().get(topic)).orElse(0L));
        }

        Sent minus(Sent before) {
            return new Sent(bytes - before.bytes, records - before.records);
        }

        long bytesPerRecord() {
            if (records == 0) {
                throw new Failure("The collector has sent nothing; see its log");
            }
            return bytes / records;
        }
    }
}
