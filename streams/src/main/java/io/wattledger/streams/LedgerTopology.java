package io.wattledger.streams;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.ledger.AccountingProcessor;
import io.wattledger.streams.ledger.DeadLetter;
import io.wattledger.streams.ledger.LedgerSettings;
import io.wattledger.streams.ledger.LedgerStores;
import io.wattledger.streams.state.StateSerde;
import io.wattledger.streams.totals.RunTotals;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The topology, read as a table of contents: see {@link #build}. */
public final class LedgerTopology {
    /** Name of the store of totals per run, for queries. */
    public static final String RUN_TOTALS = "run-totals";

    private final StreamsBuilder builder;
    private final RecordSerdes serdes;
    private final LedgerSettings settings;

    private LedgerTopology(StreamsBuilder builder, RecordSerdes serdes, LedgerSettings settings) {
        this.builder = builder;
        this.serdes = serdes;
        this.settings = settings;
    }

    /** The topology, to be run with these same Streams {@code properties}. */
    public static Topology build(Properties properties, RecordSerdes serdes, LedgerSettings settings) {
        var config = new TopologyConfig(new StreamsConfig(properties));
        return new LedgerTopology(new StreamsBuilder(config), serdes, settings).build(properties);
    }

    private Topology build(Properties properties) {
        fanOut(Topics.GRID_INTENSITY, Topics.GRID_INTENSITY_FAN_OUT);
        fanOut(Topics.GRID_DEFAULTS, Topics.GRID_DEFAULTS_FAN_OUT);
        var accounted = account();
        keepLedger(accounted);
        keepHistory(accounted);
        keepDeadLetters(accounted);
        rollUpRuns(accounted);
        return builder.build(properties);
    }

    /** Every partition of hosts gets its own copy of the intensities. */
    private void fanOut(TopicSpec from, TopicSpec to) {
        StreamPartitioner<SpecificRecord, SpecificRecord> toAllPartitions = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(
                    String topic, SpecificRecord key, SpecificRecord value, int partitions) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
        };
        builder.stream(from.name(), Consumed.with(serdes.key(), serdes.value()).withName("copy-" + from.name()))
                .to(
                        to.name(),
                        Produced.with(serdes.key(), serdes.value())
                                .withStreamPartitioner(toAllPartitions)
                                .withName("write-" + to.name()));
    }

    /** Samples, run events and intensities of one partition of hosts meet in one step. */
    private KStream<Object, Object> account() {
        addStores();
        var samples = read(Topics.POWER_SAMPLES, Serdes.String());
        var runs = read(Topics.RUNS, serdes.key());
        var live = read(Topics.GRID_INTENSITY_FAN_OUT, serdes.key());
        var annual = read(Topics.GRID_DEFAULTS_FAN_OUT, serdes.key());
        return samples.merge(runs, Named.as("with-runs"))
                .merge(live, Named.as("with-live-intensities"))
                .merge(annual, Named.as("with-annual-intensities"))
                .process(
                        () -> new AccountingProcessor(settings),
                        Named.as("account"),
                        LedgerStores.HOSTS,
                        LedgerStores.CLOSED_ROWS,
                        LedgerStores.LIVE_INTENSITIES,
                        LedgerStores.ANNUAL_INTENSITIES);
    }

    private void addStores() {
        addStore(LedgerStores.HOSTS, Serdes.String(), new StateSerde<HostState>(HostState.SCHEMA$));
        addStore(LedgerStores.CLOSED_ROWS, Serdes.Bytes(), new StateSerde<EmissionRow>(EmissionRow.SCHEMA$));
        addStore(
                LedgerStores.LIVE_INTENSITIES,
                new StateSerde<>(Topics.GRID_INTENSITY.key()),
                new StateSerde<>(Topics.GRID_INTENSITY.value()));
        addStore(
                LedgerStores.ANNUAL_INTENSITIES,
                new StateSerde<>(Topics.GRID_DEFAULTS.key()),
                new StateSerde<>(Topics.GRID_DEFAULTS.value()));
    }

    private <K, V> void addStore(String name, Serde<K> key, Serde<V> value) {
        StoreBuilder<KeyValueStore<K, V>> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), key, value)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
        builder.addStateStore(store);
    }

    @SuppressWarnings("unchecked")
    private KStream<Object, Object> read(TopicSpec topic, Serde<?> key) {
        return (KStream<Object, Object>) (KStream<?, ?>)
                builder.stream(topic.name(), Consumed.with(key, serdes.value()).withName(topic.name()));
    }

    private void keepLedger(KStream<Object, Object> accounted) {
        write(only(accounted, EnergyRow.class, "energy-rows"), Topics.ENERGY_LEDGER);
        write(only(accounted, EmissionRow.class, "emission-rows"), Topics.EMISSIONS_LEDGER);
    }

    private void keepHistory(KStream<Object, Object> accounted) {
        write(only(accounted, EmissionRevision.class, "revisions"), Topics.EMISSIONS_HISTORY);
    }

    private <V extends SpecificRecord> void write(KStream<LedgerKey, V> rows, TopicSpec topic) {
        StreamPartitioner<LedgerKey, V> byHost = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String name, LedgerKey key, V value, int partitions) {
                return Optional.of(Set.of(HostPartition.of(key.getHost(), partitions)));
            }
        };
        rows.to(
                topic.name(),
                Produced.<LedgerKey, V>with(serdes.key(), serdes.value())
                        .withStreamPartitioner(byHost)
                        .withName("write-" + topic.name()));
    }

    private void keepDeadLetters(KStream<Object, Object> accounted) {
        KStream<String, DeadLetter> letters = only(accounted, DeadLetter.class, "refused-records");
        letters.mapValues(DeadLetter::json, Named.as("refused-as-json"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), Serdes.String())
                                .withName("write-" + Topics.DEAD_LETTERS.name()));
    }

    /** Differences of rows add up to the totals of runs. */
    private void rollUpRuns(KStream<Object, Object> accounted) {
        KStream<String, RunDelta> deltas = only(accounted, RunDelta.class, "run-deltas");
        var totals = Materialized.<String, RunTotal>as(Stores.persistentKeyValueStore(RUN_TOTALS))
                .withKeySerde(Serdes.String())
                .withValueSerde(new StateSerde<>(RunTotal.SCHEMA$))
                .withCachingEnabled();
        deltas.groupByKey(Grouped.<String, RunDelta>as("run-deltas")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(serdes.value()))
                .aggregate(RunTotals::empty, RunTotals::add, Named.as("add-up-runs"), totals)
                .toStream(Named.as("changed-run-totals"))
                .mapValues(RunTotal::getEmissions, Named.as("run-emissions"))
                .to(
                        Topics.RUN_EMISSIONS.name(),
                        Produced.<String, RunEmissions>with(Serdes.String(), serdes.value())
                                .withName("write-" + Topics.RUN_EMISSIONS.name()));
    }

    @SuppressWarnings("unchecked")
    private static <K, V> KStream<K, V> only(KStream<Object, Object> accounted, Class<V> type, String name) {
        return (KStream<K, V>) (KStream<?, ?>) accounted.filter((key, value) -> type.isInstance(value), Named.as(name));
    }
}
