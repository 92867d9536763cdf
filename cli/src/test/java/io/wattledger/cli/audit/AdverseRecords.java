package io.wattledger.cli.audit;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet sends on a bad day: samples lost, doubled, out of order and of two collectors at once, nested devices,
 * counters that wrap, slots and days that are crossed, corrections, and intensities that are revised and withdrawn.
 */
final class AdverseRecords implements AutoCloseable {
    private static final int HOSTS = 6;
    private static final int SAMPLES = 250;
    private static final long COUNTER_RANGE = 262_143_328_850L;

    private final long seed;
    private final Random random;
    private final Instant start;
    private final KafkaProducer<Object, SpecificRecord> records;
    private final KafkaProducer<String, SpecificRecord> byText;

    /** @param start of the day, a border of slots */
    AdverseRecords(String bootstrapServers, String schemaRegistry, Instant start, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.start = start;
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", schemaRegistry);
        records = new KafkaProducer<>(settings, serializer(settings, true), serializer(settings, false));
        byText = new KafkaProducer<>(settings, new StringSerializer(), serializer(settings, false));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Serializer<T> serializer(Map<String, Object> settings, boolean key) {
        AvroSerializer serializer = new AvroSerializer<>();
        serializer.configure(settings, key);
        return serializer;
    }

    void send() {
        for (int host = 0; host < HOSTS; host++) {
            var name = "adverse-" + seed + "-" + host;
            sendSamples(name, host % 2 == 0 ? "FR" : "US-CA");
            if (host < 3) {
                sendCorrections(name);
            }
        }
        sendIntensities();
    }

    private void sendSamples(String host, String zone) {
        var all = new ArrayList<PowerSamples>();
        long counter = random.nextLong(COUNTER_RANGE);
        var at = start.plusMillis(random.nextInt(900_000));
        for (int seq = 1; seq <= SAMPLES; seq++) {
            var end = at.plusMillis(1 + random.nextInt(60_000));
            if (random.nextInt(40) == 0) {
                at = at.plusSeconds(random.nextInt(7200));
                end = at.plusSeconds(10);
            }
            long package0 = random.nextLong(5_000_000);
            counter = (counter + package0 * 1000 + random.nextInt(2000)) % COUNTER_RANGE;
            var record = record(host, zone, "first", sample(seq, at, end, package0, counter));
            if (random.nextInt(20) > 0) {
                all.add(record);
            }
            if (random.nextInt(10) == 0) {
                all.add(record);
            }
            if (random.nextInt(15) == 0) {
                var second = sample(seq, at.minusSeconds(5), end.plusSeconds(2), 1_000, counter);
                all.add(record(host, zone, "second", second));
            }
            if (random.nextInt(50) == 0) {
                all.add(record(host, zone, "bad", sample(seq, at, end, -5, counter)));
            }
            at = end;
        }
        for (int from = 0; from < all.size(); from += 20) {
            Collections.shuffle(all.subList(from, Math.min(all.size(), from + 20)), random);
        }
        all.forEach(record -> send(Topics.POWER_SAMPLES, host, record));
    }

    private PowerSamples record(String host, String zone, String session, Sample sample) {
        return PowerSamples.newBuilder()
                .setHost(host)
                .setBootId("boot")
                .setSession(session)
                .setZone(zone)
                .setPueThousandths(1000 + host.charAt(host.length() - 1))
                .setPolicy(AttributionPolicy.values()[host.hashCode() & 1])
                .setIdleMilliwatts(Map.of("package-0", 3_000L, "gpu-0", 10_000L))
                .setSamples(List.of(sample))
                .build();
    }

    private Sample sample(long seq, Instant from, Instant end, long package0, long counter) {
        long core = Math.max(0, package0 / 3);
        var readings = List.of(
                new Reading(
                        "package-0",
                        null,
                        DeviceKind.CPU,
                        package0,
                        random.nextLong(1000),
                        "RAPL_POWERCAP",
                        new RawCounter(counter, "uJ", COUNTER_RANGE)),
                new Reading("core-0", "package-0", DeviceKind.CPU, core, 7L, "RAPL_POWERCAP", null),
                new Reading("gpu-0", null, DeviceKind.GPU, random.nextLong(9_000_000), 900L, "NVML", null),
                new Reading("ram", null, DeviceKind.RAM, random.nextLong(300_000), 90_000L, "MODEL_RAM_SIZE", null));
        var usage = new ArrayList<Usage>();
        for (int run = random.nextInt(4); run > 0; run--) {
            usage.add(new Usage(
                    "adverse-run-" + run,
                    "project-" + run % 2,
                    random.nextLong(1_000_000_000L),
                    new HashMap<>(Map.of("gpu-0", random.nextInt(1000))),
                    random.nextLong(1L << 34)));
        }
        return Sample.newBuilder()
                .setSeq(seq)
                .setStart(from)
                .setEnd(end)
                .setReadings(readings)
                .setUsage(usage)
                .setBusyCpuTimeNanos(random.nextLong(4_000_000_000L))
                .setCapacityCpuTimeNanos(8_000_000_000L)
                .setTotalMemoryBytes(1L << 36)
                .build();
    }

    private void sendCorrections(String host) {
        for (int i = 0; i < 4; i++) {
            var from = start.plus(Duration.ofMinutes(15L * random.nextInt(16)));
            var correction = HostCorrection.newBuilder()
                    .setHost(host)
                    .setFrom(from)
                    .setTo(from.plus(Duration.ofMinutes(15L * (1 + random.nextInt(8)))))
                    .setZone(random.nextBoolean() ? "DE" : null)
                    .setPueThousandths(1100 + i)
                    .setWho("a test")
                    .setWhy("it was wrong")
                    .setMade(start.plusSeconds(random.nextInt(10)))
                    .build();
            send(Topics.CORRECTIONS, host, correction);
        }
    }

    private void sendIntensities() {
        for (int i = 0; i < 200; i++) {
            var zone = List.of("FR", "DE", "US-CA").get(random.nextInt(3));
            var length = random.nextBoolean() ? Duration.ofMinutes(15) : Duration.ofHours(1);
            var slot = Instant.ofEpochMilli(start.toEpochMilli() / length.toMillis() * length.toMillis())
                    .plus(length.multipliedBy(random.nextInt(8)));
            var key = new GridIntensityKey("average-lifecycle", zone, slot, length.toMillis());
            var value = GridIntensity.newBuilder()
                    .setSeries(key.getSeries())
                    .setZone(zone)
                    .setSlotStart(slot)
                    .setSlotLengthMillis(length.toMillis())
                    .setIntensityMicrogramsPerKwh(random.nextLong(900_000_000L) - 1000)
                    .setRung(random.nextBoolean() ? IntensityRung.LIVE_MEASURED : IntensityRung.LIVE_ESTIMATED)
                    .setVersion(start.plusSeconds(random.nextInt(5)))
                    .setSource("a provider")
                    .setPublishedAt(start)
                    .build();
            records.send(
                    new ProducerRecord<>(Topics.GRID_INTENSITY.name(), key, random.nextInt(8) == 0 ? null : value));
        }
    }

    private void send(TopicSpec topic, String host, @Nullable SpecificRecord record) {
        int partition =
                HostPartition.of(host, byText.partitionsFor(topic.name()).size());
        byText.send(new ProducerRecord<>(topic.name(), partition, host, record));
    }

    @Override
    public void close() {
        records.close();
        byText.close();
    }
}
