package io.wattledger.schemas.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.schemas.registry.SchemaRegistryException;
import io.wattledger.schemas.registry.SubjectName;
import io.wattledger.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Connect converter for Avro in the Confluent wire format. Its settings are those of {@link RegistryConfig} behind
 * {@code key.converter.} or {@code value.converter.}. Without an answer from the registry it throws
 * {@link RetriableException}; a record that cannot be converted is a {@link DataException}.
 *
 * <p>A key that is text is plain UTF-8, as the catalogue of topics has it: a connector has one converter for the keys of all
 * its topics. Every Avro key starts with a byte of 0, so they are told apart when they are read.
 */
public final class AvroConverter implements Converter {
    /** Without conversions of logical types: Connect has its own. */
    private static final GenericData GENERIC = new GenericData();

    private record Target(String topic, Schema schema) {}

    private record Writer(
            byte[] header, org.apache.avro.Schema schema, GenericDatumWriter<@Nullable Object> datumWriter) {}

    private record Reader(GenericDatumReader<Object> datumReader, Schema schema) {}

    private final Map<Target, Writer> writers = new ConcurrentHashMap<>();
    private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private boolean registers = true;
    private boolean isKey;

    /** For use by name in a configuration. */
    public AvroConverter() {}

    /** {@code configure} need not be called. */
    public AvroConverter(SchemaRegistry registry, boolean isKey) {
        this.registry = registry;
        this.isKey = isKey;
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }

    @Override
    public ConfigDef config() {
        return RegistryConfig.definition();
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var config = new RegistryConfig(configs);
        this.registry = config.open();
        this.registers = config.registersSchemas();
        this.isKey = isKey;
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (schema == null) {
            throw new DataException("A record for topic " + topic + " has no schema, which Avro needs; configure the"
                    + " connector to give one");
        }
        if (isKey && schema.type() == Schema.Type.STRING) {
            return value.toString().getBytes(UTF_8);
        }
        try {
            var target = new Target(topic, schema);
            var writer = writers.get(target);
            if (writer == null) {
                writer = writers.computeIfAbsent(target, this::writer);
            }
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(writer.header);
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.datumWriter.write(new AvroValues(GENERIC).value(value, writer.schema), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (SerializationException e) {
            throw translated(e);
        } catch (IOException | AvroRuntimeException | ClassCastException e) {
            throw new DataException("Cannot write a record to topic " + topic + " as Avro: " + e.getMessage(), e);
        }
    }

    private Writer writer(Target target) {
        var avro = AvroSchemas.of(target.schema);
        var id = schemaId(SubjectName.of(target.topic, isKey), avro);
        return new Writer(WireFormat.header(id), avro, new GenericDatumWriter<>(avro, GENERIC));
    }

    private int schemaId(String subject, org.apache.avro.Schema avro) {
        if (registers) {
            return registry().register(subject, avro);
        }
        return registry()
                .idOf(subject, avro)
                .orElseThrow(() -> new SchemaRegistryException("Subject " + subject + " does not have the schema "
                        + avro.getFullName() + " and " + RegistryConfig.AUTO_REGISTER_SCHEMAS
                        + " is false; register it, or set that to true"));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        if (isKey && value.length > 0 && value[0] != WireFormat.MAGIC) {
            return new SchemaAndValue(Schema.STRING_SCHEMA, new String(value, UTF_8));
        }
        try {
            var record = ByteBuffer.wrap(value);
            var id = WireFormat.readSchemaId(topic, record);
            var reader = readers.get(id);
            if (reader == null) {
                reader = readers.computeIfAbsent(id, this::reader);
            }
            var decoder = DecoderFactory.get().binaryDecoder(value, record.position(), record.remaining(), null);
            var read = reader.datumReader.read(null, decoder);
            return new SchemaAndValue(reader.schema, ConnectValues.of(read, reader.schema));
        } catch (SerializationException e) {
            throw translated(e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ConnectException connect) {
                throw connect;
            }
            throw new DataException("Cannot read a record of topic " + topic + " as Avro: " + e.getMessage(), e);
        }
    }

    private Reader reader(int id) {
        var written = registry().byId(id);
        return new Reader(new GenericDatumReader<>(written, written, GENERIC), ConnectSchemas.of(written));
    }

    private SchemaRegistry registry() {
        if (registry == null) {
            throw new ConnectException("AvroConverter was made without a registry and not configured");
        }
        return registry;
    }

    private static ConnectException translated(SerializationException e) {
        return e instanceof SchemaRegistryException registry && registry.isTransient()
                ? new RetriableException(e.getMessage(), e)
                : new DataException(e.getMessage(), e);
    }
}
