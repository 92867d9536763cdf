package io.wattledger.sinks.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.connect.AvroConverter;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.serde.TrustedRecords;
import io.wattledger.sinks.warehouse.TableRow;
import io.wattledger.testkit.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;

/** What sinks read is the same, whichever converter a worker has. */
class ConvertersTest {
    private static final String TOPIC = "topic";
    private static final Set<Class<? extends SpecificRecord>> RECORDS =
            Set.of(RunEmissions.class, EmissionRow.class, EmissionRevision.class, DailyEmissions.class, HostHour.class);

    static {
        TrustedRecords.trust();
    }

    private final RecordReader reader = new RecordReader(RECORDS, new SinkTools(null, "sink", new SinkMetrics()));

    @Test
    void everyConverterGivesTheRecordThatWasWritten() {
        Cases.check(20, random -> {
            for (var type : RECORDS) {
                var record = random(type, random);
                assertThat(converted(record)).allSatisfy(value -> {
                    var read = reader.read(
                            List.of(new SinkRecord(TOPIC, 0, null, null, value.schema(), value.value(), 0)));
                    assertThat(read).extracting(LedgerRecord::value).containsExactly(record);
                });
            }
        });
    }

    @Test
    void everyConverterGivesTheSameRowOfATable() {
        var key = RecordStruct.of(new LedgerKey("run", "host", Instant.EPOCH, "FR", 1000));
        Cases.check(20, random -> {
            for (var type : RECORDS) {
                var rows = converted(random(type, random))
                        .map(value -> new TableRow<SinkRecord>()
                                .apply(new SinkRecord(
                                        TOPIC, 0, key.schema(), key.value(), value.schema(), value.value(), 0))
                                .value())
                        .toList();
                assertThat(rows).allSatisfy(row -> assertThat(row).isEqualTo(rows.get(0)));
            }
        });
    }

    /** The record as our converter gives it, JSON with its schema, and Confluent's. */
    private static Stream<SchemaAndValue> converted(SpecificRecord record) {
        var avro = new AvroConverter(new InMemorySchemaRegistry(), false);
        var json = new JsonConverter();
        json.configure(Map.of("schemas.enable", "true"), false);
        return Stream.of(through(avro, record), through(json, record), ConfluentStructs.of(record));
    }

    private static SchemaAndValue through(Converter converter, SpecificRecord record) {
        var struct = RecordStruct.of(record);
        return converter.toConnectData(TOPIC, converter.fromConnectData(TOPIC, struct.schema(), struct.value()));
    }

    /** Any record that its schema allows. */
    private static <T extends SpecificRecord> T random(Class<T> type, Random random) {
        var schema = SpecificData.get().getSchema(type);
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema)
                    .write(
                            new RandomData(schema, 1, random.nextLong())
                                    .iterator()
                                    .next(),
                            encoder);
            var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
            return new SpecificDatumReader<>(type).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
