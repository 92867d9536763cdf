package io.wattledger.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.stack.EmbeddedBroker;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.registry.HttpSchemaRegistry;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.schemas.serde.PortableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's own client, relocated but otherwise as it stands, against the embedded registry. */
class ConfluentClientIT {
    private static final LedgerKey KEY =
            new LedgerKey("run-1", "vm-3", Instant.parse("2025-03-01T10:15:00Z"), "FR", 1125);

    private static EmbeddedBroker broker;
    private static RegistryServer server;

    private final SchemaRegistryClient confluent =
            new CachedSchemaRegistryClient(List.of(server.url().toString()), 100, Map.of());
    private final HttpSchemaRegistry ours = HttpSchemaRegistry.at(server.url().toString());

    @BeforeAll
    static void startServers(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        server = RegistryServer.start(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stopServers() {
        server.close();
        broker.close();
    }

    private static AvroSchema theirs(Schema schema) {
        return new AvroSchema(schema.toString());
    }

    private static Schema record(String name, boolean withRequired, boolean withOptional) {
        var fields = SchemaBuilder.record(name).fields().requiredString("a");
        if (withRequired) {
            fields = fields.requiredInt("b");
        }
        return (withOptional ? fields.optionalInt("c") : fields).endRecord();
    }

    @Test
    void registersAndFetches() throws IOException, RestClientException {
        var schema = record("Fetched", true, false);

        var id = confluent.register("fetched-value", theirs(schema));

        assertThat(confluent.getId("fetched-value", theirs(schema))).isEqualTo(id);
        assertThat(confluent.getVersion("fetched-value", theirs(schema))).isEqualTo(1);
        confluent.reset();
        assertThat(confluent.getSchemaById(id)).isEqualTo(theirs(schema));
        assertThat(confluent.getSchemaBySubjectAndId("fetched-value", id)).isEqualTo(theirs(schema));
        assertThat(confluent.getLatestSchemaMetadata("fetched-value").getId()).isEqualTo(id);
        assertThat(confluent.getSchemaMetadata("fetched-value", 1).getSchema()).isEqualTo(schema.toString());
        assertThat(confluent.getAllSubjects()).contains("fetched-value");
        assertThat(confluent.getAllSubjectsById(id)).containsExactly("fetched-value");
        assertThat(confluent.getAllVersionsById(id)).hasSize(1);
        assertThat(confluent.getAllVersions("fetched-value")).containsExactly(1);
        assertThat(confluent.getMode()).isEqualTo("READWRITE");
    }

    @Test
    void agreesWithOursOnNumbers() throws IOException, RestClientException {
        var schema = record("Agreed", true, true);

        var id = ours.register("agreed-value", schema);

        assertThat(confluent.register("agreed-value", theirs(schema))).isEqualTo(id);
        assertThat(ours.idOf("agreed-value", schema)).hasValue(id);
        assertThat(confluent.getAllVersions("agreed-value")).containsExactly(1);
    }

    @Test
    void checksCompatibility() throws IOException, RestClientException {
        confluent.register("checked-value", theirs(record("Checked", false, false)));

        assertThat(confluent.testCompatibility("checked-value", theirs(record("Checked", false, true))))
                .isTrue();
        assertThat(confluent.testCompatibility("checked-value", theirs(record("Checked", true, false))))
                .isFalse();
        assertThat(confluent.testCompatibilityVerbose("checked-value", theirs(record("Checked", true, false))))
                .isNotEmpty();
        assertThatThrownBy(() -> confluent.register("checked-value", theirs(record("Checked", true, false))))
                .isInstanceOfSatisfying(RestClientException.class, e -> {
                    assertThat(e.getStatus()).isEqualTo(409);
                    assertThat(e.getErrorCode()).isEqualTo(409);
                });
    }

    @Test
    void setsAndReadsTheCompatibilityLevel() throws IOException, RestClientException {
        confluent.register("levelled-value", theirs(record("Levelled", false, false)));

        confluent.updateCompatibility("levelled-value", "NONE");

        assertThat(confluent.getCompatibility("levelled-value")).isEqualTo("NONE");
        assertThat(confluent.register("levelled-value", theirs(record("Levelled", true, false))))
                .isPositive();
        confluent.deleteCompatibility("levelled-value");
        assertThat(confluent.getCompatibility(null)).isEqualTo("BACKWARD");
    }

    @Test
    void deletes() throws IOException, RestClientException {
        confluent.register("deleted-value", theirs(record("Deleted", false, false)));
        confluent.register("deleted-value", theirs(record("Deleted", false, true)));

        assertThat(confluent.deleteSchemaVersion("deleted-value", "2", false)).isEqualTo(2);
        assertThat(confluent.deleteSubject("deleted-value", false)).containsExactly(1);
        assertThat(confluent.deleteSubject("deleted-value", true)).containsExactly(1, 2);
        assertThat(confluent.getAllSubjects(true)).doesNotContain("deleted-value");
    }

    @Test
    void understandsWhatIsNotThere() {
        assertThatThrownBy(() -> confluent.getSchemaById(987_654))
                .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(40403));
        assertThatThrownBy(() -> confluent.getLatestSchemaMetadata("nobody"))
                .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(40401));
        assertThatThrownBy(() -> confluent.getId("nobody", theirs(record("Nobody", false, false))))
                .isInstanceOfSatisfying(RestClientException.class, e -> assertThat(e.getErrorCode())
                        .isEqualTo(40401));
    }

    @Test
    void ourDeserializerReadsWhatTheirsWrote() throws IOException {
        var schema = theirs(PortableSchema.of(LedgerKey.getClassSchema())).rawSchema();
        var record = new GenericData.Record(schema);
        record.put("run", KEY.getRun());
        record.put("host", KEY.getHost());
        record.put("slotStart", KEY.getSlotStart().toEpochMilli());
        record.put("zone", KEY.getZone());
        record.put("pueThousandths", KEY.getPueThousandths());
        var bytes = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder("theirs-key", confluent).writeSchema(schema, bytes);
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        var serde = AvroSerde.<LedgerKey>ofKeys(ours);

        assertThat(serde.deserializer().deserialize("theirs", bytes.toByteArray()))
                .isEqualTo(KEY);
        assertThat(serde.serializer().serialize("theirs", KEY)).isEqualTo(bytes.toByteArray());
    }

    @Test
    void theirsReadsWhatOurSerializerWrote() throws IOException {
        var bytes = AvroSerde.<LedgerKey>ofKeys(ours).serializer().serialize("ours", KEY);
        var in = new ByteArrayInputStream(bytes);

        var schema = new ConfluentSchemaRegistryCoder(confluent).readSchema(in);
        var record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(in, null));

        assertThat(record.get("run").toString()).isEqualTo("run-1");
        assertThat(record.get("slotStart")).isEqualTo(KEY.getSlotStart().toEpochMilli());
        assertThat(record.get("pueThousandths")).isEqualTo(1125);
    }
}
