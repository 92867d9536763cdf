package io.wattledger.schemas.serde;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link AvroSerializer} and {@link AvroDeserializer} with one registry client between them. */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private AvroSerializer<T> serializer;
    private AvroDeserializer<T> deserializer;

    /** For use by name in a configuration. */
    public AvroSerde() {
        serializer = new AvroSerializer<>();
        deserializer = new AvroDeserializer<>();
    }

    /** {@code configure} need not be called. */
    public AvroSerde(SchemaRegistry registry, boolean isKey) {
        serializer = new AvroSerializer<>(registry, isKey);
        deserializer = new AvroDeserializer<>(registry);
    }

    /** For values. */
    public static <T extends SpecificRecord> AvroSerde<T> ofValues(SchemaRegistry registry) {
        return new AvroSerde<>(registry, false);
    }

    /** For keys. */
    public static <T extends SpecificRecord> AvroSerde<T> ofKeys(SchemaRegistry registry) {
        return new AvroSerde<>(registry, true);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var config = new RegistryConfig(configs);
        var registry = config.open();
        serializer = new AvroSerializer<>(registry, isKey, config.registersSchemas());
        deserializer = new AvroDeserializer<>(registry);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
