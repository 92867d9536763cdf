package io.wattledger.streams.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.serde.AvroSerializer;
import io.wattledger.streams.Fixtures;
import io.wattledger.testkit.Cases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class SamplesDeserializerTest {
    private static final String TOPIC = "power-samples";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry, false);
    private final AvroDeserializer<SpecificRecord> avro = new AvroDeserializer<>(registry);
    private final SamplesDeserializer fast = new SamplesDeserializer(registry, avro);

    @Test
    void readsWhatAvroReads() {
        Cases.check(300, random -> {
            var bytes = serializer.serialize(TOPIC, samples(random));
            assertThat(fast.deserialize(TOPIC, bytes)).isEqualTo(avro.deserialize(TOPIC, bytes));
        });
    }

    @Test
    void manyThreadsReadAtOnceAsKafkaStreamsHasOneDeserializerForAllOfThem() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var work = new ArrayList<Callable<Boolean>>();
            for (int seed = 0; seed < 4; seed++) {
                var written = samples(new Random(seed));
                var bytes = serializer.serialize(TOPIC, written);
                work.add(() -> IntStream.range(0, 5_000).allMatch(i -> written.equals(fast.deserialize(TOPIC, bytes))));
            }
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readsOtherSchemasAsEverythingElseIs() {
        var event = Fixtures.started("run", "host", "s", Fixtures.START, 1);
        var read = fast.deserialize(TOPIC, serializer.serialize(TOPIC, event));
        assertThat(read).isInstanceOf(RunEvent.class).isEqualTo(event);
        assertThat(fast.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void refusesWhatIsNoRecordAndNeverReadsBeyondIt() {
        Cases.check(300, random -> {
            var bytes = serializer.serialize(TOPIC, samples(random));
            var cut = Arrays.copyOf(bytes, 5 + random.nextInt(bytes.length - 5));
            assertThatThrownBy(() -> fast.deserialize(TOPIC, cut)).isInstanceOf(SerializationException.class);
            var longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> fast.deserialize(TOPIC, longer)).isInstanceOf(SerializationException.class);
        });
    }

    @Test
    void garbageIsRefusedWithTheReason() {
        var bytes = serializer.serialize(TOPIC, samples(new Random(1)));
        Arrays.fill(bytes, 5, bytes.length, (byte) 0xff);
        assertThatThrownBy(() -> fast.deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("longer than 64 bits");
    }

    private static PowerSamples samples(Random random) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < random.nextInt(4); i++) {
            samples.add(sample(random));
        }
        var idle = new HashMap<String, Long>();
        for (int i = 0; i < random.nextInt(3); i++) {
            idle.put(text(random), random.nextLong());
        }
        return new PowerSamples(
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextInt(),
                AttributionPolicy.values()[random.nextInt(AttributionPolicy.values().length)],
                idle,
                random.nextLong(),
                samples);
    }

    private static Sample sample(Random random) {
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < random.nextInt(7); i++) {
            readings.add(new Reading(
                    text(random),
                    random.nextBoolean() ? text(random) : null,
                    DeviceKind.values()[random.nextInt(DeviceKind.values().length)],
                    random.nextLong(),
                    random.nextLong(),
                    text(random),
                    random.nextBoolean() ? new RawCounter(random.nextLong(), text(random), random.nextLong()) : null));
        }
        var usage = new ArrayList<Usage>();
        for (int i = 0; i < random.nextInt(3); i++) {
            var shares = new HashMap<String, Integer>();
            for (int device = 0; device < random.nextInt(3); device++) {
                shares.put(text(random), random.nextInt());
            }
            usage.add(new Usage(text(random), text(random), random.nextLong(), shares, random.nextLong()));
        }
        return new Sample(
                random.nextLong(),
                Instant.ofEpochMilli(random.nextInt()),
                Instant.ofEpochMilli(random.nextLong(1L << 45)),
                readings,
                usage,
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
    }

    private static String text(Random random) {
        return List.of("", "host-1", "package-0", "größer ✓", "x".repeat(200), "run-" + random.nextInt(100))
                .get(random.nextInt(6));
    }
}
