package io.wattledger.schemas.serde;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.schemas.registry.SubjectName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
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

    private record Use(String topic, Schema schema) {}

    private record Writer(byte[] header, RecordWriter records) {}

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
        try {
            return writer.records.write(writer.header, data);
        } catch (AvroRuntimeException e) {
            throw new SerializationException(
                    "Cannot write a " + data.getSchema().getFullName() + " to topic " + topic + ": " + e.getMessage(),
                    e);
        }
    }

    private Writer writer(Use use) {
        var id = schemaId(SubjectName.of(use.topic, isKey), PortableSchema.of(use.schema));
        return new Writer(WireFormat.header(id), new RecordWriter(use.schema));
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
