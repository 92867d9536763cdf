package io.wattledger.streams;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.forecast.ForecastSettings;
import io.wattledger.streams.forecast.ZoneForecasts;
import io.wattledger.streams.ledger.AccountingProcessor;
import io.wattledger.streams.ledger.HostHours;
import io.wattledger.streams.ledger.IntensityFanOut;
import io.wattledger.streams.ledger.LedgerOutputs;
import io.wattledger.streams.ledger.LedgerSettings;
import io.wattledger.streams.ledger.LedgerStores;
import io.wattledger.streams.totals.DailyRollUp;
import io.wattledger.streams.totals.RunRollUp;
import io.wattledger.streams.totals.TotalsSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
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
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The topology, read as a table of contents: see {@link #build}. */
public final class LedgerTopology {
    private final StreamsBuilder builder;
    private final RecordSerdes serdes;
    private final LedgerSettings settings;
    private final TotalsSettings totals;
    private final ForecastSettings forecasts;
    private final InstantSource clock;

    private LedgerTopology(
            StreamsBuilder builder,
            RecordSerdes serdes,
            LedgerSettings settings,
            TotalsSettings totals,
            ForecastSettings forecasts,
            InstantSource clock) {
        this.builder = builder;
        this.serdes = serdes;
        this.settings = settings;
        this.totals = totals;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    /**
     * The topology, to be run with these same Streams {@code properties}.
     *
     * @param clock the wall clock of this machine
     */
    public static Topology build(
            Properties properties,
            RecordSerdes serdes,
            LedgerSettings settings,
            TotalsSettings totals,
            ForecastSettings forecasts,
            InstantSource clock) {
        var config = new TopologyConfig(new StreamsConfig(properties));
        return new LedgerTopology(new StreamsBuilder(config), serdes, settings, totals, forecasts, clock)
                .build(properties);
    }

    private Topology build(Properties properties) {
        KStream<GridIntensityKey, GridIntensity> intensities = typed(
                read(Topics.GRID_INTENSITY, serdes.key(), serdes.value(), "copy-" + Topics.GRID_INTENSITY.name()));
        fanOutDefaults();
        var accounted = account();
        fanOutIntensities(intensities, accounted);
        keepLedger(accounted);
        keepHistory(accounted);
        keepBalance(accounted);
        keepRefused(accounted);
        rollUpRuns(accounted);
        rollUpDays(accounted);
        forecastZones(intensities);
        return builder.build(properties);
    }

    /** Every partition of hosts gets its own copy of the annual intensities. */
    private void fanOutDefaults() {
        var defaults = read(Topics.GRID_DEFAULTS, serdes.key(), serdes.value(), "copy-" + Topics.GRID_DEFAULTS.name());
        toAllPartitions(defaults, Topics.GRID_DEFAULTS_FAN_OUT, "write-" + Topics.GRID_DEFAULTS_FAN_OUT.name());
    }

    /** And of the live ones of the zones that hosts are in. */
    private void fanOutIntensities(
            KStream<GridIntensityKey, GridIntensity> intensities, KStream<Object, Object> accounted) {
        var zones = LedgerTopology.<String, String>only(accounted, String.class, LedgerOutputs.ZONES_IN_USE)
                .repartition(inOneOrder("zones-in-use", Serdes.String(), Serdes.String()));
        var used = intensities
                .filter((key, value) -> settings.uses(key.getSeries()), Named.as("used-intensities"))
                .repartition(inOneOrder("used-intensities", serdes.key(), serdes.value()));
        var letThrough = LedgerTopology.<Object, Object>typed(zones)
                .merge(LedgerTopology.typed(used), Named.as("with-used-intensities"))
                .process(new IntensityFanOut(settings), Named.as("fan-out-intensities"));
        toAllPartitions(letThrough, Topics.GRID_INTENSITY_FAN_OUT, LedgerOutputs.FAN_OUT);
        toDeadLetters(letThrough, LedgerOutputs.REFUSED_INTENSITIES);
    }

    /** One partition: zones and intensities are few, and who came first is then the same for all. */
    private static <K, V> Repartitioned<K, V> inOneOrder(String name, Serde<K> key, Serde<V> value) {
        return Repartitioned.<K, V>as(name)
                .withKeySerde(key)
                .withValueSerde(value)
                .withNumberOfPartitions(1);
    }

    private void toAllPartitions(KStream<Object, Object> from, TopicSpec topic, String name) {
        StreamPartitioner<SpecificRecord, SpecificRecord> toAll = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(
                    String topic, SpecificRecord key, SpecificRecord value, int partitions) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
        };
        LedgerTopology.<SpecificRecord, SpecificRecord>typed(from)
                .to(
                        topic.name(),
                        Produced.with(serdes.key(), serdes.value())
                                .withStreamPartitioner(toAll)
                                .withName(name));
    }

    /** All that concerns one partition of hosts meets in one step. */
    private KStream<Object, Object> account() {
        LedgerStores.builders().forEach(builder::addStateStore);
        return read(Topics.RUNS, serdes.key())
                .merge(read(Topics.HOSTS, Serdes.String()), Named.as("with-hosts"))
                .merge(read(Topics.CORRECTIONS, Serdes.String()), Named.as("with-corrections"))
                .merge(read(Topics.GRID_INTENSITY_FAN_OUT, serdes.key()), Named.as("with-live-intensities"))
                .merge(read(Topics.GRID_DEFAULTS_FAN_OUT, serdes.key()), Named.as("with-annual-intensities"))
                .merge(
                        read(Topics.POWER_SAMPLES, Serdes.String(), serdes.samples(), Topics.POWER_SAMPLES.name()),
                        Named.as("with-samples"))
                .process(() -> new AccountingProcessor(settings), Named.as("account"), LedgerStores.names());
    }

    private KStream<Object, Object> read(TopicSpec topic, Serde<?> key) {
        return read(topic, key, serdes.value(), topic.name());
    }

    private KStream<Object, Object> read(TopicSpec topic, Serde<?> key, Serde<SpecificRecord> value, String name) {
        return typed(builder.stream(topic.name(), Consumed.with(key, value).withName(name)));
    }

    private void keepLedger(KStream<Object, Object> accounted) {
        write(accounted, LedgerOutputs.ENERGY_LEDGER, Topics.ENERGY_LEDGER, serdes.key(), LedgerKey::getHost);
        write(accounted, LedgerOutputs.EMISSIONS_LEDGER, Topics.EMISSIONS_LEDGER, serdes.key(), LedgerKey::getHost);
    }

    private void keepHistory(KStream<Object, Object> accounted) {
        write(accounted, LedgerOutputs.EMISSIONS_HISTORY, Topics.EMISSIONS_HISTORY, serdes.key(), LedgerKey::getHost);
    }

    private void keepBalance(KStream<Object, Object> accounted) {
        write(accounted, LedgerOutputs.HOST_HOURS, Topics.HOST_HOURS, Serdes.String(), HostHours::host);
    }

    private void keepRefused(KStream<Object, Object> accounted) {
        write(accounted, LedgerOutputs.LATE_SAMPLES, Topics.LATE_SAMPLES, Serdes.String(), host -> host);
        toDeadLetters(accounted, LedgerOutputs.DEAD_LETTERS);
    }

    private static void toDeadLetters(KStream<Object, Object> from, String name) {
        LedgerTopology.<String, String>typed(from)
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), Serdes.String()).withName(name));
    }

    /** Writes what is forwarded to {@code output} to the partition of its host. */
    private <K> void write(
            KStream<Object, Object> accounted, String output, TopicSpec topic, Serde<K> key, Function<K, String> host) {
        StreamPartitioner<K, SpecificRecord> byHost = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String name, K recordKey, SpecificRecord value, int partitions) {
                return Optional.of(Set.of(HostPartition.of(host.apply(recordKey), partitions)));
            }
        };
        LedgerTopology.<K, SpecificRecord>typed(accounted)
                .to(
                        topic.name(),
                        Produced.with(key, serdes.<SpecificRecord>value())
                                .withStreamPartitioner(byHost)
                                .withName(output));
    }

    @SuppressWarnings("unchecked")
    private static <K, V> KStream<K, V> typed(KStream<?, ?> stream) {
        return (KStream<K, V>) stream;
    }

    /** Differences of rows add up to the totals of runs. */
    private void rollUpRuns(KStream<Object, Object> accounted) {
        KStream<String, RunDelta> deltas = only(accounted, RunDelta.class, LedgerOutputs.RUN_DELTAS);
        byKey(deltas, "run-deltas")
                .process(new RunRollUp(totals, clock), Named.as("add-up-runs"))
                .to(
                        Topics.RUN_EMISSIONS.name(),
                        Produced.with(Serdes.String(), serdes.<RunEmissions>value())
                                .withName("write-" + Topics.RUN_EMISSIONS.name()));
    }

    /** And to those of days, projects and zones. */
    private void rollUpDays(KStream<Object, Object> accounted) {
        KStream<String, DailyDelta> deltas = only(accounted, DailyDelta.class, LedgerOutputs.DAILY_DELTAS);
        byKey(deltas, "daily-deltas")
                .process(new DailyRollUp(totals, clock), Named.as("add-up-days"))
                .to(
                        Topics.DAILY_EMISSIONS.name(),
                        Produced.with(Serdes.String(), serdes.<DailyEmissions>value())
                                .withName("write-" + Topics.DAILY_EMISSIONS.name()));
    }

    /** What a zone has been tells what it will be; all of a zone meets in one place for that. */
    private void forecastZones(KStream<GridIntensityKey, GridIntensity> intensities) {
        if (forecasts.isOff()) {
            return;
        }
        var zones = new ZoneForecasts(forecasts, clock);
        intensities
                .filter((key, value) -> zones.isNeeded(key), Named.as("recent-intensities"))
                .repartition(Repartitioned.<GridIntensityKey, GridIntensity>as("zone-intensities")
                        .withKeySerde(serdes.key())
                        .withValueSerde(serdes.value())
                        .withStreamPartitioner(ZoneForecasts.BY_SIGNAL))
                .process(zones, Named.as("forecast-zones"))
                .to(
                        Topics.GRID_FORECAST.name(),
                        Produced.with(Serdes.String(), serdes.<GridForecast>value())
                                .withName("write-" + Topics.GRID_FORECAST.name()));
    }

    private <V extends SpecificRecord> KStream<String, V> byKey(KStream<String, V> deltas, String name) {
        return deltas.repartition(
                Repartitioned.<String, V>as(name).withKeySerde(Serdes.String()).withValueSerde(serdes.value()));
    }

    @SuppressWarnings("unchecked")
    private static <K, V> KStream<K, V> only(KStream<Object, Object> accounted, Class<V> type, String name) {
        return (KStream<K, V>) (KStream<?, ?>) accounted.filter((key, value) -> type.isInstance(value), Named.as(name));
    }
}
