package io.wattledger.cli.bench;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.cli.terminal.Logging;
import io.wattledger.cli.terminal.Shutdown;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology one would write after reading the manual, as a process, to compare ours with: each sample is re-keyed by
 * its zone, repartitioned, joined with the table of intensities, divided among its runs and added up per run. It knows no
 * duplicates, slots, gaps, restatements or history, and what it tells of a run is two numbers.
 *
 * <p>It is given every advantage: the table comes on a topic that is partitioned by zone already and filled beforehand
 * (with the table behind a repartition of its own it loses the samples that come before the table does), and what it keeps
 * and passes on per run is sixteen bytes.
 */
final class Textbook {
    /** Intensities by zone, in as many partitions as there are of samples. */
    static final String INTENSITIES = "textbook-intensities";
    /** Totals per run. */
    static final String TOTALS = "textbook-run-totals";

    static final String APPLICATION = "textbook";

    private final Map<String, Object> serdeSettings;
    private final RunShare.ShareSerde shares = new RunShare.ShareSerde();

    private record Priced(PowerSamples samples, CarbonIntensity intensity) {}

    private Textbook(Map<String, Object> serdeSettings) {
        this.serdeSettings = serdeSettings;
    }

    /** Arguments: bootstrap servers, address of the schema registry, folder for the state, threads. */
    public static void main(String[] arguments) throws InterruptedException {
        Logging.toStandardError();
        var properties = properties(arguments[0], arguments[2], Integer.parseInt(arguments[3]));
        var topology = new Textbook(Map.of("schema.registry.url", arguments[1])).topology();
        try (var shutdown = Shutdown.onSignal();
                var streams = new KafkaStreams(topology, properties)) {
            streams.start();
            shutdown.await();
        }
    }

    private static Properties properties(String bootstrapServers, String folder, int threads) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix("interceptor.classes"), FirstPoll.class.getName());
        properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        return properties;
    }

    private Topology topology() {
        var builder = new StreamsBuilder();
        var intensities = builder.table(
                INTENSITIES,
                Consumed.with(Serdes.String(), this.<GridIntensity>avro()),
                Materialized.as(Stores.persistentKeyValueStore("intensities")));
        builder.stream(Topics.POWER_SAMPLES.name(), Consumed.with(Serdes.String(), this.<PowerSamples>avro()))
                .selectKey((host, samples) -> samples.getZone(), Named.as("zone-of-sample"))
                .repartition(Repartitioned.with(Serdes.String(), this.<PowerSamples>avro())
                        .withName("samples-by-zone"))
                .join(
                        intensities,
                        Textbook::price,
                        Joined.<String, PowerSamples, GridIntensity>as("with-intensity")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(avro()))
                .flatMap((zone, priced) -> divide(priced), Named.as("divide-among-runs"))
                .groupByKey(Grouped.with("shares-by-run", Serdes.String(), shares))
                .reduce(RunShare::plus, Materialized.as(Stores.persistentKeyValueStore("run-totals")))
                .toStream()
                .to(TOTALS, Produced.with(Serdes.String(), shares));
        return builder.build();
    }

    private <T extends SpecificRecord> AvroSerde<T> avro() {
        var serde = new AvroSerde<T>();
        serde.configure(serdeSettings, false);
        return serde;
    }

    private static Priced price(PowerSamples samples, GridIntensity intensity) {
        return new Priced(samples, new CarbonIntensity(intensity.getIntensityMicrogramsPerKwh()));
    }

    /** In proportion to CPU time; the generated shares are whole numbers. */
    private static List<KeyValue<String, RunShare>> divide(Priced priced) {
        var parts = new ArrayList<KeyValue<String, RunShare>>();
        var pue = new Pue(priced.samples().getPueThousandths());
        for (var sample : priced.samples().getSamples()) {
            long energy = energy(sample);
            long use =
                    sample.getUsage().stream().mapToLong(Usage::getCpuTimeNanos).sum();
            for (var run : sample.getUsage()) {
                long part = Math.round((double) energy * run.getCpuTimeNanos() / use);
                var emissions = EmissionFormula.of(new Energy(part), pue, priced.intensity());
                parts.add(KeyValue.pair(run.getRun(), new RunShare(part, emissions.micrograms())));
            }
        }
        return parts;
    }

    private static long energy(Sample sample) {
        long energy = 0;
        for (var reading : sample.getReadings()) {
            if (reading.getParent() == null) {
                energy += reading.getEnergyMillijoules();
            }
        }
        return energy;
    }
}
