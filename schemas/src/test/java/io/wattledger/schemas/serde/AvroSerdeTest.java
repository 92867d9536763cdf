package io.wattledger.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final String TOPIC = "topic";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<PowerSamples> values = AvroSerde.ofValues(registry);

    @Test
    void readsBackWhatItWrote() {
        var record = Examples.powerSamples();

        var bytes = values.serializer().serialize(TOPIC, record);

        assertThat(values.deserializer().deserialize(TOPIC, bytes)).isEqualTo(record);
    }

    @Test
    void readsFromTheMiddleOfABuffer() {
        var record = Examples.powerSamples();
        var bytes = values.serializer().serialize(TOPIC, record);
        var inside =
                ByteBuffer.wrap(new byte[bytes.length + 20], 7, bytes.length).slice();
        inside.put(bytes).flip();

        var read = values.deserializer().deserialize(TOPIC, new RecordHeaders(), inside);

        assertThat(read).isEqualTo(record);
        assertThat(inside.position()).isZero();
    }

    @Test
    void readsFromADirectBuffer() {
        var record = Examples.powerSamples();
        var bytes = values.serializer().serialize(TOPIC, record);
        var direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        assertThat(values.deserializer().deserialize(TOPIC, new RecordHeaders(), direct))
                .isEqualTo(record);
    }

    @Test
    void nullStaysNull() {
        assertThat(values.serializer().serialize(TOPIC, null)).isNull();
        assertThat(values.deserializer().deserialize(TOPIC, null)).isNull();
        assertThat(values.deserializer().deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    @Test
    void startsWithAZeroByteAndTheNumberOfTheSchema() {
        registry.register("other-value", Schema.create(Schema.Type.INT));

        var bytes = values.serializer().serialize(TOPIC, Examples.powerSamples());

        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 2);
    }

    @Test
    void registersKeysAndValuesUnderTheirTopic() {
        var keys = AvroSerde.<RunHostKey>ofKeys(registry);

        keys.serializer().serialize("runs", Examples.runHostKey());
        values.serializer().serialize("power-samples", Examples.powerSamples());

        assertThat(registry.latest("runs-key").orElseThrow().schema().getFullName())
                .isEqualTo(RunHostKey.class.getName());
        assertThat(registry.latest("power-samples-value").orElseThrow().schema().getFullName())
                .isEqualTo(PowerSamples.class.getName());
    }

    @Test
    void registersTheSchemaWithoutJavaMarks() {
        values.serializer().serialize(TOPIC, Examples.powerSamples());

        var registered = registry.latest("topic-value").orElseThrow().schema();

        assertThat(PowerSamples.getClassSchema().toString()).contains("avro.java.string");
        assertThat(registered.toString()).doesNotContain("avro.java.string").contains("\"doc\"");
    }

    @Test
    void anIncompatibleSchemaIsRefusedBeforeAnythingIsWritten() {
        registry.register("topic-value", Schema.create(Schema.Type.INT));

        assertThatThrownBy(() -> values.serializer().serialize(TOPIC, Examples.powerSamples()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("topic-value")
                .hasMessageContaining("BACKWARD");
    }

    @Test
    void canBeNamedInAConfiguration() {
        var settings = Map.of("schema.registry.url", "mock://AvroSerdeTest");
        var serializer = new AvroSerializer<RunHostKey>();
        var deserializer = new AvroDeserializer<RunHostKey>();
        serializer.configure(settings, true);
        deserializer.configure(settings, true);

        var read = deserializer.deserialize("runs", serializer.serialize("runs", Examples.runHostKey()));

        assertThat(read).isEqualTo(Examples.runHostKey());
        assertThat(InMemorySchemaRegistry.shared("AvroSerdeTest").latest("runs-key"))
                .isPresent();
    }

    @Test
    void registersNothingWhenToldNotTo() {
        var serde = new AvroSerde<RunHostKey>();
        serde.configure(
                Map.of("schema.registry.url", "mock://registersNothing", "auto.register.schemas", "false"), true);

        assertThatThrownBy(() -> serde.serializer().serialize("runs", Examples.runHostKey()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("runs-key")
                .hasMessageContaining("auto.register.schemas");
        assertThat(InMemorySchemaRegistry.shared("registersNothing").latest("runs-key"))
                .isEmpty();
    }

    @Test
    void readsARecordThatAnOlderAndANewerVersionWrote() throws IOException {
        var older = new Schema.Parser().parse("""
                        {"type": "record", "name": "LedgerKey", "namespace": "io.wattledger.schemas.record", "fields": [
                          {"name": "zone", "type": "string"},
                          {"name": "dropped", "type": {"type": "map", "values": "long"}},
                          {"name": "run", "type": "string"},
                          {"name": "host", "type": "string"},
                          {"name": "slotStart", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                          {"name": "pueThousandths", "type": "int"}]}""");
        var expected = Examples.ledgerKey();
        var record = new GenericData.Record(older);
        record.put("zone", expected.getZone());
        record.put("dropped", Map.of("gone", 1L));
        record.put("run", expected.getRun());
        record.put("host", expected.getHost());
        record.put("slotStart", expected.getSlotStart().toEpochMilli());
        record.put("pueThousandths", expected.getPueThousandths());

        var read = AvroSerde.<LedgerKey>ofKeys(registry).deserializer().deserialize(TOPIC, written(older, record));

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void bytesThatNoSerializerWroteAreRefused() {
        assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, new byte[] {1, 2, 3, 4, 5, 6}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("byte 1");
        assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, new byte[] {0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("2 bytes");
    }

    @Test
    void aCutRecordIsRefused() {
        var bytes = values.serializer().serialize(TOPIC, Examples.powerSamples());

        for (var length = 5; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, cut))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("PowerSamples");
        }
    }

    @Test
    void aRecordOfAnUnknownClassIsRefused() throws IOException {
        var schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"some.Stranger\",\"fields\":[]}");
        var bytes = written(schema, new GenericData.Record(schema));

        assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("some.Stranger");
    }

    @Test
    void aClassThatIsNoRecordIsNeverMade() throws IOException {
        var schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"java.lang.Thread\",\"fields\":[]}");
        var bytes = written(schema, new GenericData.Record(schema));

        assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void aRecordWithAFieldMissingIsRefusedAndLeavesNothingBehind() {
        var incomplete = new LedgerKey(null, "vm-3", Examples.ledgerKey().getSlotStart(), "FR", 1000);
        var serde = AvroSerde.<LedgerKey>ofKeys(registry);
        var before = serde.serializer().serialize(TOPIC, Examples.ledgerKey());

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, incomplete))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("run");
        assertThat(serde.serializer().serialize(TOPIC, Examples.ledgerKey())).isEqualTo(before);
    }

    @Test
    void manyThreadsShareOneSerde() throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var work = new ArrayList<Callable<PowerSamples>>();
            for (var i = 0; i < 200; i++) {
                var record = PowerSamples.newBuilder(Examples.powerSamples())
                        .setHost("host-" + i)
                        .build();
                work.add(() -> values.deserializer()
                        .deserialize(TOPIC, values.serializer().serialize(TOPIC, record)));
            }
            var hosts = new ArrayList<String>();
            for (Future<PowerSamples> done : threads.invokeAll(work)) {
                hosts.add(done.get().getHost());
            }
            assertThat(hosts).hasSize(200).doesNotHaveDuplicates();
            assertThat(hosts.get(17)).isEqualTo("host-17");
        } finally {
            threads.shutdownNow();
        }
    }

    private byte[] written(Schema schema, GenericRecord record) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(WireFormat.header(registry.register("written-value", schema)));
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
