package io.wattledger.schemas.serde;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in the Confluent wire format into the generated class that the writer's schema names, by the schema of that
 * class: fields it does not know are skipped, fields it has more get their default. Named in a configuration it takes
 * {@code schema.registry.url} and the other settings of {@link RegistryConfig}; null gives null.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    static {
        TrustedRecords.trust();
    }

    private static final byte[] NOTHING = {};
    private static final ThreadLocal<BinaryDecoder> DECODER =
            ThreadLocal.withInitial(() -> DecoderFactory.get().binaryDecoder(NOTHING, null));

    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;

    /** For use by name in a configuration. */
    public AvroDeserializer() {}

    /** {@code configure} need not be called. */
    public AvroDeserializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (registry == null) {
            registry = new RegistryConfig(configs).open();
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : read(topic, ByteBuffer.wrap(data));
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        return data.hasArray() ? read(topic, data.duplicate()) : Deserializer.super.deserialize(topic, headers, data);
    }

    private T read(String topic, ByteBuffer record) {
        var id = WireFormat.readSchemaId(topic, record);
        var reader = readers.get(id);
        if (reader == null) {
            reader = readers.computeIfAbsent(id, i -> reader(topic, i));
        }
        try {
            var decoder = DecoderFactory.get()
                    .binaryDecoder(
                            record.array(),
                            record.arrayOffset() + record.position(),
                            record.remaining(),
                            DECODER.get());
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "Cannot read a record of topic " + topic + " as "
                            + reader.getExpected().getFullName() + " (written with schema " + id + "): "
                            + e.getMessage(),
                    e);
        }
    }

    private SpecificDatumReader<T> reader(String topic, int id) {
        if (registry == null) {
            throw new IllegalStateException("AvroDeserializer was made without a registry and not configured");
        }
        var written = registry.byId(id);
        var expected = expected(topic, id, written);
        return new SpecificDatumReader<>(written, expected, SpecificData.getForSchema(expected));
    }

    /** The schema of the class that has the name of the written record. */
    private static Schema expected(String topic, int id, Schema written) {
        try {
            var type = SpecificData.get().getClass(written);
            if (type != null && SpecificRecord.class.isAssignableFrom(type)) {
                return SpecificData.get().getSchema(type);
            }
        } catch (SecurityException | AvroRuntimeException e) {
            throw unknown(topic, id, written, e);
        }
        throw unknown(topic, id, written, null);
    }

    private static SerializationException unknown(String topic, int id, Schema written, @Nullable Exception cause) {
        return new SerializationException(
                "A record of topic " + topic + " was written as "
                        + (written.getType() == Schema.Type.RECORD ? written.getFullName() : written.getType())
                        + " (schema " + id + "), for which this version of Wattledger has no class"
                        + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
    }
}
