package io.wattledger.schemas.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.serde.Examples;
import io.wattledger.schemas.serde.RandomRecords;
import io.wattledger.schemas.serde.WireFormat;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.testkit.Cases;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class AvroConverterTest {
    private static final String TOPIC = "topic";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroConverter values = new AvroConverter(registry, false);
    private final AvroConverter keys = new AvroConverter(registry, true);

    /** Every record of the catalogue, keys too. */
    private static Stream<org.apache.avro.Schema> records() {
        return Topics.all().stream()
                .flatMap(topic -> Stream.of(topic.key(), topic.value()))
                .filter(schema -> schema.getType() == Type.RECORD)
                .distinct();
    }

    @Test
    void everyRecordBecomesAStructAndTheSameRecordAgain() {
        Cases.check(20, random -> records().forEach(schema -> {
            var record = RandomRecords.next(schema, random);

            var struct = (Struct) RecordStruct.of(record).value();

            struct.validate();
            assertThat(RecordStruct.toRecord(struct, record.getClass())).isEqualTo(record);
        }));
    }

    @Test
    void writesEveryRecordAsTheSerializerDoes() {
        Cases.check(20, random -> records().forEach(schema -> {
            var record = RandomRecords.next(schema, random);
            var topic = schema.getName();
            var serde = AvroSerde.ofValues(registry);
            var bySerializer = serde.serializer().serialize(topic, record);
            var connect = RecordStruct.of(record);

            var bytes = values.fromConnectData(topic, connect.schema(), connect.value());

            assertThat(Arrays.copyOf(bytes, WireFormat.HEADER_LENGTH))
                    .isEqualTo(Arrays.copyOf(bySerializer, WireFormat.HEADER_LENGTH));
            assertThat(serde.deserializer().deserialize(topic, bytes)).isEqualTo(record);
        }));
    }

    @Test
    void readsWhatTheSerializerWrote() {
        Cases.check(20, random -> records().forEach(schema -> {
            var record = RandomRecords.next(schema, random);
            var bytes = AvroSerde.ofValues(registry).serializer().serialize(schema.getName(), record);

            var read = values.toConnectData(schema.getName(), bytes);

            assertThat(RecordStruct.toRecord((Struct) read.value(), record.getClass()))
                    .isEqualTo(record);
        }));
    }

    @Test
    void keysAreTheSameBytesWhoeverWritesThem() {
        var key = new GridIntensityKey("average-lifecycle", "FR", Instant.parse("2025-03-01T10:15:00Z"), 900_000L);
        var connect = RecordStruct.of(key);
        var jsonLike = SchemaBuilder.struct()
                .name("io.wattledger.schemas.record.GridIntensityKey")
                .optional()
                .field("zone", Schema.OPTIONAL_STRING_SCHEMA)
                .field("series", Schema.STRING_SCHEMA)
                .field("slotLengthMillis", Schema.INT64_SCHEMA)
                .field("slotStart", Schema.INT64_SCHEMA)
                .build();
        var struct = new Struct(jsonLike)
                .put("zone", "FR")
                .put("series", "average-lifecycle")
                .put("slotLengthMillis", 900_000L)
                .put("slotStart", key.getSlotStart().toEpochMilli());

        var bySerializer =
                AvroSerde.<GridIntensityKey>ofKeys(registry).serializer().serialize(TOPIC, key);

        assertThat(keys.fromConnectData(TOPIC, connect.schema(), connect.value()))
                .isEqualTo(bySerializer);
        assertThat(keys.fromConnectData(TOPIC, jsonLike, struct)).isEqualTo(bySerializer);
    }

    @Test
    void timestampsAreConnectTimestamps() {
        var schema = RecordStruct.schemaOf(LedgerKey.class);
        var struct = (Struct) RecordStruct.of(Examples.ledgerKey()).value();

        assertThat(schema.field("slotStart").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
        assertThat(struct.get("slotStart"))
                .isEqualTo(Date.from(Examples.ledgerKey().getSlotStart()));
    }

    @Test
    void enumsCarryTheParametersOfConfluentsConverter() {
        var rung = RecordStruct.schemaOf(EmissionRow.class).field("rung").schema();

        assertThat(rung.type()).isEqualTo(Schema.Type.STRING);
        assertThat(rung.parameters())
                .containsEntry("io.confluent.connect.avro.Enum", IntensityRung.class.getName())
                .containsEntry("io.confluent.connect.avro.Enum.WORLD", "WORLD")
                .containsEntry("io.confluent.connect.avro.enum.default.IntensityRung", "NONE");
    }

    @Test
    void anUnnamedStructKeepsItsTypes() {
        var color = SchemaBuilder.string()
                .parameter("io.confluent.connect.avro.Enum", "x.Color")
                .parameter("io.confluent.connect.avro.Enum.RED", "RED")
                .parameter("io.confluent.connect.avro.Enum.BLUE", "BLUE")
                .build();
        var inner = SchemaBuilder.struct()
                .name("x.Inner")
                .field("at", Timestamp.SCHEMA)
                .build();
        var schema = SchemaBuilder.struct()
                .field("byte", Schema.INT8_SCHEMA)
                .field("short", Schema.INT16_SCHEMA)
                .field("int", SchemaBuilder.int32().defaultValue(7).build())
                .field("long", Schema.OPTIONAL_INT64_SCHEMA)
                .field("float", Schema.FLOAT32_SCHEMA)
                .field("double", Schema.FLOAT64_SCHEMA)
                .field("flag", Schema.BOOLEAN_SCHEMA)
                .field("bytes", Schema.BYTES_SCHEMA)
                .field("color", color)
                .field("inner", inner)
                .field("inners", SchemaBuilder.array(inner).build())
                .field(
                        "named",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                                .build())
                .build();
        var in = new Struct(inner).put("at", new Date(17));
        var struct = new Struct(schema)
                .put("byte", (byte) 1)
                .put("short", (short) 2)
                .put("float", 0.5f)
                .put("double", 0.25)
                .put("flag", true)
                .put("bytes", new byte[] {1, 2})
                .put("color", "BLUE")
                .put("inner", in)
                .put("inners", List.of(in, in))
                .put("named", Map.of("a", "b"));

        var read = (Struct) values.toConnectData(TOPIC, values.fromConnectData(TOPIC, schema, struct))
                .value();

        assertThat(read.schema().name()).isEqualTo("io.confluent.connect.avro.ConnectDefault");
        assertThat(read.get("byte")).isEqualTo((byte) 1);
        assertThat(read.get("short")).isEqualTo((short) 2);
        assertThat(read.get("int")).isEqualTo(7);
        assertThat(read.schema().field("int").schema().defaultValue()).isEqualTo(7);
        assertThat(read.get("long")).isNull();
        assertThat(read.get("float")).isEqualTo(0.5f);
        assertThat(read.get("double")).isEqualTo(0.25);
        assertThat(read.get("flag")).isEqualTo(true);
        assertThat(read.getBytes("bytes")).containsExactly(1, 2);
        assertThat(read.get("color")).isEqualTo("BLUE");
        assertThat(read.schema().field("color").schema().parameters()).isEqualTo(color.parameters());
        assertThat(read.getStruct("inner").get("at")).isEqualTo(new Date(17));
        assertThat(read.getArray("inners")).hasSize(2);
        assertThat(read.getMap("named")).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void aStructOfAnotherConverterBecomesOurRecord() {
        // As JSON with schema gives it: enum as plain text, a timestamp as a number, fields missing that have a
        // default.
        var schema = SchemaBuilder.struct()
                .optional()
                .field("zone", Schema.OPTIONAL_STRING_SCHEMA)
                .field("rung", Schema.OPTIONAL_STRING_SCHEMA)
                .field("intensityZone", Schema.STRING_SCHEMA)
                .field("intensityZoneName", Schema.STRING_SCHEMA)
                .field("intensityYear", Schema.INT64_SCHEMA)
                .field("intensityMethod", Schema.STRING_SCHEMA)
                .field("intensitySource", Schema.STRING_SCHEMA)
                .field("energyMillijoules", Schema.INT32_SCHEMA)
                .field("emissionsMicrograms", Schema.INT64_SCHEMA)
                .field("unheardOf", Schema.INT64_SCHEMA)
                .build();
        var struct = new Struct(schema)
                .put("zone", "FR")
                .put("rung", "WORLD")
                .put("intensityZone", "WORLD")
                .put("intensityZoneName", "World")
                .put("intensityYear", 2023L)
                .put("intensityMethod", "lifecycle")
                .put("intensitySource", "Ember")
                .put("energyMillijoules", 5)
                .put("emissionsMicrograms", 6L)
                .put("unheardOf", 7L);

        var use = RecordStruct.toRecord(struct, io.wattledger.schemas.record.IntensityUse.class);

        assertThat(use.getRung()).isEqualTo(IntensityRung.WORLD);
        assertThat(use.getIntensityYear()).isEqualTo(2023);
        assertThat(use.getEnergyMillijoules()).isEqualTo(5);
    }

    @Test
    void aStructWithoutAFieldThatMustBeThereIsRefused() {
        var struct = new Struct(SchemaBuilder.struct()
                        .field("run", Schema.STRING_SCHEMA)
                        .build())
                .put("run", "run-1");

        assertThatThrownBy(() -> RecordStruct.toRecord(struct, LedgerKey.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("host")
                .hasMessageContaining("LedgerKey");
    }

    @Test
    void aStructOfOursWithAFieldMoreIsWrittenAsItIs() {
        var schema = SchemaBuilder.struct()
                .name("io.wattledger.schemas.record.RunHostKey")
                .field("run", Schema.STRING_SCHEMA)
                .field("host", Schema.STRING_SCHEMA)
                .field("added", Schema.STRING_SCHEMA)
                .build();
        var struct = new Struct(schema).put("run", "r").put("host", "h").put("added", "a");

        var read = (Struct) keys.toConnectData(TOPIC, keys.fromConnectData(TOPIC, schema, struct))
                .value();

        assertThat(read.get("added")).isEqualTo("a");
    }

    @Test
    void nullStaysNull() {
        assertThat(values.fromConnectData(TOPIC, RecordStruct.schemaOf(LedgerKey.class), null))
                .isNull();
        assertThat(values.fromConnectData(TOPIC, null, null)).isNull();
        assertThat(values.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void plainValuesAreWrittenToo() {
        assertThat(values.toConnectData(TOPIC, values.fromConnectData(TOPIC, Schema.OPTIONAL_STRING_SCHEMA, "text"))
                        .value())
                .isEqualTo("text");
    }

    @Test
    void keysOfTextArePlainText() {
        var bytes = keys.fromConnectData(TOPIC, Schema.STRING_SCHEMA, "average-lifecycle/DE");

        assertThat(bytes).asString(UTF_8).isEqualTo("average-lifecycle/DE");
        assertThat(keys.toConnectData(TOPIC, bytes))
                .isEqualTo(new SchemaAndValue(Schema.STRING_SCHEMA, "average-lifecycle/DE"));
    }

    @Test
    void dataWithoutASchemaAreRefused() {
        assertThatThrownBy(() -> values.fromConnectData(TOPIC, null, Map.of("a", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(TOPIC);
    }

    @Test
    void whatCannotBeConvertedIsNamed() {
        var union = new org.apache.avro.Schema.Parser().parse("[\"int\", \"string\"]");
        var recursive = new org.apache.avro.Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"x.Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}");

        assertThatThrownBy(() -> ConnectSchemas.of(union)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> ConnectSchemas.of(recursive))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("x.Node");
        assertThatThrownBy(() -> AvroSchemas.of(org.apache.kafka.connect.data.Decimal.schema(2)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Decimal");
    }

    @Test
    void anUnreachableRegistryIsWorthARetry() {
        var converter = new AvroConverter();
        converter.configure(
                Map.of(RegistryConfig.SCHEMA_REGISTRY_URL, "http://127.0.0.1:1", RegistryConfig.MAX_RETRIES, "0"),
                false);
        var connect = RecordStruct.of(Examples.ledgerKey());

        assertThatThrownBy(() -> converter.fromConnectData(TOPIC, connect.schema(), connect.value()))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("http://127.0.0.1:1");
    }

    @Test
    void bytesThatNoConverterWroteAreADataException() {
        assertThatThrownBy(() -> values.toConnectData(TOPIC, new byte[] {9, 9, 9, 9, 9, 9}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(TOPIC);
    }
}
