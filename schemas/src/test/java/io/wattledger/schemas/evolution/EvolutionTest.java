package io.wattledger.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.connect.AvroConverter;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.serde.PortableSchema;
import io.wattledger.schemas.serde.RandomRecords;
import io.wattledger.schemas.serde.WireFormat;
import io.wattledger.testkit.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Records of a version with one field less and one more than the present one. */
class EvolutionTest {
    private static final String TOPIC = "emissions-ledger";
    private static final String SUBJECT = TOPIC + "-value";
    private static final Schema NOW = PortableSchema.of(EmissionRow.getClassSchema());
    private static final Schema THEN = then();

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<EmissionRow> serde = AvroSerde.ofValues(registry);

    private static Schema then() {
        var fields = new ArrayList<Schema.Field>();
        fields.add(new Schema.Field("meanwhileGone", Schema.createMap(Schema.create(Schema.Type.LONG)), null, null));
        for (var field : NOW.getFields()) {
            if (!field.name().equals("sealed")) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return Schema.createRecord(NOW.getName(), NOW.getDoc(), NOW.getNamespace(), false, fields);
    }

    /** The row as that version would have written it. */
    private byte[] written(EmissionRow row) {
        try {
            var current = serde.serializer().serialize("elsewhere", row);
            var generic = new GenericDatumReader<GenericRecord>(NOW)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            current,
                                            WireFormat.HEADER_LENGTH,
                                            current.length - WireFormat.HEADER_LENGTH,
                                            null));
            var record = new GenericData.Record(THEN);
            record.put("meanwhileGone", Map.of("x", 1L));
            THEN.getFields().stream()
                    .filter(field -> NOW.getField(field.name()) != null)
                    .forEach(field -> record.put(field.name(), generic.get(field.name())));
            var bytes = new ByteArrayOutputStream();
            bytes.write(WireFormat.header(registry.register(SUBJECT, THEN)));
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(THEN).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmissionRow unsealed(EmissionRow row) {
        return EmissionRow.newBuilder(row).setSealed(false).build();
    }

    @Test
    void recordsOfThenAreReadNow() {
        Cases.check(20, random -> {
            var row = (EmissionRow) RandomRecords.next(EmissionRow.getClassSchema(), random);

            assertThat(serde.deserializer().deserialize(TOPIC, written(row))).isEqualTo(unsealed(row));
        });
    }

    @Test
    void recordsOfThenAreReadNowInConnect() {
        Cases.check(20, random -> {
            var row = (EmissionRow) RandomRecords.next(EmissionRow.getClassSchema(), random);

            var read = (Struct) new AvroConverter(registry, false)
                    .toConnectData(TOPIC, written(row))
                    .value();

            assertThat(RecordStruct.toRecord(read, EmissionRow.class)).isEqualTo(unsealed(row));
        });
    }

    @Test
    void theRegistryTakesThePresentSchemaAfterThatOfThen() {
        registry.setCompatibility(SUBJECT, Compatibility.BACKWARD_TRANSITIVE);
        var then = registry.register(SUBJECT, THEN);

        assertThat(registry.register(SUBJECT, NOW)).isNotEqualTo(then);
    }
}
