package io.wattledger.streams.state;

import io.wattledger.schemas.serde.RecordWriter;
import io.wattledger.schemas.serde.TrustedRecords;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in state stores: one byte that tells the format, then Avro binary of the schema that belongs to it, as
 * {@link StateFormats} has it; state needs no registry. Thread-safe, as the API reads the stores that a
 * stream thread writes: Avro's readers are not, so each thread has its own.
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T>, Serializer<T>, Deserializer<T> {
    static {
        TrustedRecords.trust();
    }

    private final byte[] header;
    private final RecordWriter writer;
    private final ThreadLocal<Reading<T>> reading;

    public StateSerde(Schema schema) {
        this(schema, StateFormats.RELEASED);
    }

    StateSerde(Schema schema, StateFormats formats) {
        header = new byte[] {formats.current()};
        writer = new RecordWriter(schema);
        reading = ThreadLocal.withInitial(() -> new Reading<>(schema, formats));
    }

    /** What one thread reads with. */
    private static final class Reading<T> {
        private final Schema schema;
        private final StateFormats formats;
        private final Map<Byte, SpecificDatumReader<T>> readers = new HashMap<>();
        private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

        Reading(Schema schema, StateFormats formats) {
            this.schema = schema;
            this.formats = formats;
            readers.put(formats.current(), reader(schema));
        }

        private SpecificDatumReader<T> reader(Schema written) {
            return new SpecificDatumReader<>(written, schema, SpecificData.getForSchema(schema));
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
        return value == null ? null : writer.write(header, value);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return reading.get().read(bytes);
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
