package io.wattledger.streams.state;

import io.wattledger.schemas.serde.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in state stores: one byte that tells the format, then Avro binary of the schema that belongs to it, as
 * {@link StateFormats} has it; state needs no registry. Thread-safe, as the API reads the stores that a
 * stream thread writes: Avro's readers and writers are not, so each thread has its own.
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    static {
        TrustedRecords.trust();
    }

    private final ThreadLocal<Codec<T>> codec;

    public StateSerde(Schema schema) {
        this(schema, StateFormats.RELEASED);
    }

    StateSerde(Schema schema, StateFormats formats) {
        codec = ThreadLocal.withInitial(() -> new Codec<>(schema, formats));
    }

    /** What one thread reads and writes with. */
    private static final class Codec<T> {
        private final Schema schema;
        private final StateFormats formats;
        private final SpecificDatumWriter<T> writer;
        private final Map<Byte, SpecificDatumReader<T>> readers = new HashMap<>();
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
        private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
        private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

        Codec(Schema schema, StateFormats formats) {
            this.schema = schema;
            this.formats = formats;
            writer = new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema));
            readers.put(formats.current(), reader(schema));
        }

        private SpecificDatumReader<T> reader(Schema written) {
            return new SpecificDatumReader<>(written, schema, SpecificData.getForSchema(schema));
        }

        byte[] write(T value) throws IOException {
            buffer.reset();
            buffer.write(formats.current());
            writer.write(value, encoder);
            encoder.flush();
            return buffer.toByteArray();
        }

        T read(byte[] bytes) throws IOException {
            var reader = readers.computeIfAbsent(bytes[0], format -> reader(formats.written(format, schema)));
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder));
        }
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        try {
            return codec.get().write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return codec.get().read(bytes);
        } catch (IOException e) {
            throw new SerializationException("State of " + topic + " cannot be read: " + bytes.length + " bytes", e);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return this;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this;
    }

    @Override
    public void close() {}
}
