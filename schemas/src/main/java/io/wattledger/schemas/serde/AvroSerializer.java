package io.wattledger.schemas.serde;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.schemas.registry.SubjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records in the Confluent wire format. Named in a configuration it takes {@code schema.registry.url} and
 * the other settings of {@link RegistryConfig}; null gives null.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    static {
        TrustedRecords.trust();
    }

    private static final int FIRST_SIZE = 1024;

    /** Encoder and buffer of a thread: a producer calls its serializer from every thread that sends. */
    private static final class Scratch {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_SIZE);

        @Nullable
        BinaryEncoder encoder;
    }

    private record Use(String topic, Schema schema) {}

    private record Writer(byte[] header, SpecificDatumWriter<SpecificRecord> datumWriter) {}

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Map<Use, Writer> writers = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private boolean registers = true;
    private boolean isKey;

    /** For use by name in a configuration. */
    public AvroSerializer() {}

    /** Registers schemas as needed; {@code configure} need not be called. */
    public AvroSerializer(SchemaRegistry registry, boolean isKey) {
        this.registry = registry;
        this.isKey = isKey;
    }

    AvroSerializer(SchemaRegistry registry, boolean isKey, boolean registers) {
        this(registry, isKey);
        this.registers = registers;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var config = new RegistryConfig(configs);
        if (registry == null) {
            registry = config.open();
        }
        this.registers = config.registersSchemas();
        this.isKey = isKey;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        if (data == null) {
            return null;
        }
        var use = new Use(topic, data.getSchema());
        var writer = writers.get(use);
        if (writer == null) {
            writer = writers.computeIfAbsent(use, this::writer);
        }
        var scratch = SCRATCH.get();
        try {
            scratch.bytes.reset();
            scratch.bytes.write(writer.header, 0, writer.header.length);
            var encoder = EncoderFactory.get().binaryEncoder(scratch.bytes, scratch.encoder);
            scratch.encoder = encoder;
            writer.datumWriter.write(data, encoder);
            encoder.flush();
            return scratch.bytes.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            scratch.encoder = null; // may hold half a record
            throw new SerializationException(
                    "Cannot write a " + data.getSchema().getFullName() + " to topic " + topic + ": " + e.getMessage(),
                    e);
        }
    }

    private Writer writer(Use use) {
        var id = schemaId(SubjectName.of(use.topic, isKey), PortableSchema.of(use.schema));
        var data = SpecificData.getForSchema(use.schema);
        return new Writer(WireFormat.header(id), new SpecificDatumWriter<>(use.schema, data));
    }

    private int schemaId(String subject, Schema schema) {
        var registry = this.registry;
        if (registry == null) {
            throw new IllegalStateException("AvroSerializer was made without a registry and not configured");
        }
        if (registers) {
            return registry.register(subject, schema);
        }
        return registry.idOf(subject, schema)
                .orElseThrow(() -> new SerializationException("Subject " + subject + " does not have the schema of "
                        + schema.getFullName() + " that is to be written, and " + RegistryConfig.AUTO_REGISTER_SCHEMAS
                        + " is false; register it, or set that to true"));
    }
}
