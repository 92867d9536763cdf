package io.wattledger.cli;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what is in the topics of a ledger, without any of its state. */
public final class LedgerReader {
    private final Map<String, Object> settings = new HashMap<>();

    public LedgerReader(String bootstrapServers, String schemaRegistry) {
        this(bootstrapServers, schemaRegistry, Map.of());
    }

    /** @param clientSettings further settings of the Kafka client */
    public LedgerReader(String bootstrapServers, String schemaRegistry, Map<String, String> clientSettings) {
        settings.putAll(clientSettings);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", schemaRegistry);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
    }

    public Map<LedgerKey, EmissionRow> ledger() {
        return this.<LedgerKey, EmissionRow>newest(Topics.EMISSIONS_LEDGER, avro(true));
    }

    public Map<String, RunEmissions> runs() {
        return this.<String, RunEmissions>newest(Topics.RUN_EMISSIONS, new StringDeserializer());
    }

    public Map<String, GridForecast> forecasts() {
        return this.<String, GridForecast>newest(Topics.GRID_FORECAST, new StringDeserializer());
    }

    /** Every live intensity as it was published, one after the other. */
    public List<GridIntensity> intensities() {
        var all = new ArrayList<GridIntensity>();
        this.<GridIntensityKey, GridIntensity>read(
                Topics.GRID_INTENSITY, avro(true), avro(false), (key, value) -> all.add(value));
        return all;
    }

    public Map<String, FeedState> feedStates() {
        return this.<String, FeedState>newest(Topics.FEED_STATES, new StringDeserializer());
    }

    /** Each sample once, by session and number. */
    public Map<String, Sample> samples() {
        var samples = new LinkedHashMap<String, Sample>();
        read(
                Topics.POWER_SAMPLES,
                new StringDeserializer(),
                this.<PowerSamples>avro(false),
                (String host, PowerSamples record) -> {
                    for (var sample : record.getSamples()) {
                        samples.put(record.getSession() + " " + sample.getSeq(), sample);
                    }
                });
        return samples;
    }

    /** Energy of all samples, in millijoules; the devices of this version are not nested. */
    public long sampledEnergy() {
        return samples().values().stream()
                .flatMap(sample -> sample.getReadings().stream())
                .mapToLong(reading -> reading.getEnergyMillijoules())
                .sum();
    }

    /** Energy of all rows, in millijoules. */
    public long ledgerEnergy() {
        return ledger().values().stream()
                .mapToLong(EmissionRow::getEnergyMillijoules)
                .sum();
    }

    /** How many records a topic has that was never compacted; the ends of transactions not counted. */
    public int count(TopicSpec topic) {
        var count = new int[1];
        read(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer(), (key, value) -> count[0]++);
        return count[0];
    }

    private <K, V extends SpecificRecord> Map<K, V> newest(TopicSpec topic, Deserializer<K> keys) {
        var newest = new LinkedHashMap<K, V>();
        this.<K, V>read(topic, keys, avro(false), (key, value) -> {
            if (value == null) {
                newest.remove(key);
            } else {
                newest.put(key, value);
            }
        });
        return newest;
    }

    private <T extends SpecificRecord> Deserializer<T> avro(boolean key) {
        var deserializer = new AvroDeserializer<T>();
        deserializer.configure(settings, key);
        return deserializer;
    }

    private <K, V> void read(TopicSpec topic, Deserializer<K> keys, Deserializer<V> values, BiConsumer<K, V> each) {
        try (var consumer = new KafkaConsumer<K, V>(settings, keys, values)) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> each.accept(record.key(), record.value()));
            }
        }
    }
}
