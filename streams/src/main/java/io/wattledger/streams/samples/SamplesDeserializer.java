package io.wattledger.streams.samples;

import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic of power samples: by {@link SamplesReader} what was written with today's schema, by Avro the rest.
 * Thread-safe, as Kafka Streams has one deserializer for all its threads: each of them gets a reader.
 */
public final class SamplesDeserializer implements Deserializer<SpecificRecord> {
    private static final long TODAY = SchemaNormalization.parsingFingerprint64(PowerSamples.getClassSchema());

    private final SchemaRegistry registry;
    private final Deserializer<? extends SpecificRecord> others;
    private final Map<Integer, Boolean> isToday = new ConcurrentHashMap<>();
    private final ThreadLocal<SamplesReader> reader = ThreadLocal.withInitial(SamplesReader::new);

    public SamplesDeserializer(SchemaRegistry registry, Deserializer<? extends SpecificRecord> others) {
        this.registry = registry;
        this.others = others;
    }

    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        int id = WireFormat.readSchemaId(topic, ByteBuffer.wrap(data));
        if (!isToday.computeIfAbsent(id, this::isToday)) {
            return others.deserialize(topic, data);
        }
        try {
            return reader.get().read(data, WireFormat.HEADER_LENGTH);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new SerializationException(
                    "Cannot read a record of topic " + topic + " as power samples (written with schema " + id + "): "
                            + e.getMessage(),
                    e);
        }
    }

    private boolean isToday(int id) {
        return SchemaNormalization.parsingFingerprint64(registry.byId(id)) == TODAY;
    }
}
