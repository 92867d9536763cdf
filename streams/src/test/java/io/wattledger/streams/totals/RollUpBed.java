package io.wattledger.streams.totals;

import io.wattledger.streams.state.StateSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/** One step that adds up, alone. */
final class RollUpBed<D extends SpecificRecord, T extends SpecificRecord> implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final TotalsSettings SETTINGS = new TotalsSettings(Duration.ofDays(90), Duration.ofSeconds(10));

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, D> in;
    private final TestOutputTopic<String, T> out;
    private final Path folder;
    private Instant now = START;

    RollUpBed(Function<InstantSource, ProcessorSupplier<String, D, String, T>> step, Schema deltas, Schema totals) {
        try {
            folder = Files.createTempDirectory("roll-up");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var delta = new StateSerde<D>(deltas);
        var total = new StateSerde<T>(totals);
        var topology = new Topology()
                .addSource("deltas", new StringDeserializer(), delta, "deltas")
                .addProcessor("add-up", step.apply(() -> now), "deltas")
                .addSink("totals", "totals", new StringSerializer(), total, "add-up");
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "roll-up");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(topology, properties, START);
        in = driver.createInputTopic("deltas", new StringSerializer(), delta);
        out = driver.createOutputTopic("totals", new StringDeserializer(), total);
    }

    Instant now() {
        return now;
    }

    void tell(String key, D delta) {
        in.pipeInput(key, delta);
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** What was published since it was asked last. */
    List<T> published() {
        return out.readValuesToList();
    }

    <V> KeyValueStore<Bytes, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** How many entries a store has. */
    int size(String name) {
        var count = 0;
        try (var entries = driver.getKeyValueStore(name).all()) {
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
        }
        return count;
    }

    double metric(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
