package io.wattledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.streams.ledger.LedgerSettings;
import io.wattledger.streams.totals.TotalsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** The whole topology in a test driver, with the newest record per key of what it writes. */
public final class LedgerTestBed implements AutoCloseable {
    /** Totals are told with every record, as the driver commits after each; rows go out after a second. */
    public static final LedgerSettings SETTINGS =
            LedgerSettings.DEFAULTS.withIntervals(Duration.ZERO, Duration.ofSeconds(1));

    public final Map<LedgerKey, EnergyRow> energy = new LinkedHashMap<>();
    public final Map<LedgerKey, EmissionRow> ledger = new LinkedHashMap<>();
    public final Map<String, RunEmissions> runs = new LinkedHashMap<>();
    public final List<EmissionRevision> history = new ArrayList<>();
    public final Map<String, HostHour> hours = new LinkedHashMap<>();
    public final List<LateSample> late = new ArrayList<>();
    public final List<Headers> deadLetters = new ArrayList<>();

    private final RecordSerdes serdes = RecordSerdes.on(new InMemorySchemaRegistry());
    private final TopologyTestDriver driver;
    private final Path stateDir;
    private Instant now;

    public LedgerTestBed(Instant start) {
        this(start, SETTINGS);
    }

    public LedgerTestBed(Instant start, LedgerSettings settings) {
        now = start;
        try {
            stateDir = Files.createTempDirectory("ledger-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var properties = properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(build(properties, serdes, settings, () -> now), properties, start);
    }

    static Topology build(Properties properties, RecordSerdes serdes, LedgerSettings settings, InstantSource clock) {
        var totals = new TotalsSettings(settings.horizon(), Duration.ofSeconds(10));
        return LedgerTopology.build(properties, serdes, settings, totals, clock);
    }

    static Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "wattledger");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    public void samples(PowerSamples samples) {
        this.<String, PowerSamples>in(Topics.POWER_SAMPLES, Serdes.String()).pipeInput(samples.getHost(), samples);
    }

    public void run(RunEvent event) {
        this.<RunHostKey, RunEvent>in(Topics.RUNS, serdes.key())
                .pipeInput(new RunHostKey(event.getRun(), event.getHost()), event);
    }

    public void profile(HostProfile profile) {
        this.<String, HostProfile>in(Topics.HOSTS, Serdes.String()).pipeInput(profile.getHost(), profile);
    }

    public void intensity(GridIntensity value) {
        intensities().pipeInput(key(value), value);
    }

    public void withdraw(GridIntensity value) {
        intensities().pipeInput(key(value), (GridIntensity) null);
    }

    private static GridIntensityKey key(GridIntensity value) {
        return new GridIntensityKey(
                value.getSeries(), value.getZone(), value.getSlotStart(), value.getSlotLengthMillis());
    }

    private TestInputTopic<GridIntensityKey, GridIntensity> intensities() {
        return in(Topics.GRID_INTENSITY, serdes.key());
    }

    public void annual(GridDefault value) {
        this.<GridDefaultKey, GridDefault>in(Topics.GRID_DEFAULTS, serdes.key())
                .pipeInput(new GridDefaultKey(value.getSeries(), value.getZone(), value.getYear()), value);
    }

    private <K, V extends SpecificRecord> TestInputTopic<K, V> in(TopicSpec topic, Serde<K> key) {
        return driver.createInputTopic(
                topic.name(), key.serializer(), serdes.<V>value().serializer());
    }

    public void correct(HostCorrection correction) {
        this.<String, HostCorrection>in(Topics.CORRECTIONS, Serdes.String())
                .pipeInput(correction.getHost(), correction);
    }

    /** Lets slots close that have ended and rest. */
    public void closeSlots(Duration time) {
        pass(time);
        pass(Duration.ofSeconds(31));
        pass(Duration.ofSeconds(31));
    }

    /** Lets time pass, so that rows go out, and reads what came. */
    public void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        read();
    }

    /** How many values a store has. */
    public int stored(String store) {
        int count = 0;
        try (var values = driver.getKeyValueStore(store).all()) {
            while (values.hasNext()) {
                values.next();
                count++;
            }
        }
        return count;
    }

    /** The only metric of that name. */
    public double metric(String name) {
        var found = driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return (double) found.get(0).getValue().metricValue();
    }

    /** The intensities that have come to the hosts since the last call. */
    public List<GridIntensity> letThrough() {
        return driver.createOutputTopic(
                        Topics.GRID_INTENSITY_FAN_OUT.name(),
                        serdes.<GridIntensityKey>key().deserializer(),
                        serdes.<GridIntensity>value().deserializer())
                .readValuesToList();
    }

    private void read() {
        this.<LedgerKey, EnergyRow>out(Topics.ENERGY_LEDGER, serdes.key(), energy);
        this.<LedgerKey, EmissionRow>out(Topics.EMISSIONS_LEDGER, serdes.key(), ledger);
        this.<String, RunEmissions>out(Topics.RUN_EMISSIONS, Serdes.String(), runs);
        this.<String, HostHour>out(Topics.HOST_HOURS, Serdes.String(), hours);
        var lateSamples = driver.createOutputTopic(
                Topics.LATE_SAMPLES.name(),
                Serdes.String().deserializer(),
                serdes.<LateSample>value().deserializer());
        late.addAll(lateSamples.readValuesToList());
        var revisions = driver.createOutputTopic(
                Topics.EMISSIONS_HISTORY.name(),
                serdes.<LedgerKey>key().deserializer(),
                serdes.<EmissionRevision>value().deserializer());
        history.addAll(revisions.readValuesToList());
        var letters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(),
                Serdes.String().deserializer(),
                Serdes.String().deserializer());
        letters.readRecordsToList().forEach(letter -> deadLetters.add(letter.headers()));
    }

    private <K, V extends SpecificRecord> void out(TopicSpec topic, Serde<K> key, Map<K, V> newest) {
        driver.createOutputTopic(
                        topic.name(), key.deserializer(), serdes.<V>value().deserializer())
                .readKeyValuesToList()
                .forEach(record -> {
                    if (record.value == null) {
                        newest.remove(record.key);
                    } else {
                        newest.put(record.key, record.value);
                    }
                });
    }

    @Override
    public void close() {
        driver.close();
        try {
            Utils.delete(stateDir.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
