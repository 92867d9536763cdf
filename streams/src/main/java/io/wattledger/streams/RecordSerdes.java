package io.wattledger.streams;

import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.schemas.registry.SchemaRegistry;
import io.wattledger.schemas.serde.AvroSerde;
import io.wattledger.streams.samples.SamplesDeserializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/** Serdes of Avro keys and values, of whichever class the configuration names. */
public interface RecordSerdes {
    <T extends SpecificRecord> Serde<T> of(boolean isKey);

    /** The registry that their schemas are in. */
    SchemaRegistry registry();

    /** Our own serdes on a registry at hand. */
    static RecordSerdes on(SchemaRegistry registry) {
        return new RecordSerdes() {
            @Override
            public <T extends SpecificRecord> Serde<T> of(boolean isKey) {
                return new AvroSerde<>(registry, isKey);
            }

            @Override
            public SchemaRegistry registry() {
                return registry;
            }
        };
    }

    /** Serdes of a class given by name, each configured with {@code settings}. */
    static RecordSerdes named(String className, Map<String, ?> settings) {
        return new RecordSerdes() {
            @Override
            @SuppressWarnings("unchecked")
            public <T extends SpecificRecord> Serde<T> of(boolean isKey) {
                try {
                    var serde = (Serde<T>) Utils.newInstance(className, Serde.class);
                    serde.configure(settings, isKey);
                    return serde;
                } catch (ClassNotFoundException e) {
                    throw new IllegalArgumentException(
                            "Cannot load the serde " + className + "; put its jar on the class path", e);
                }
            }

            @Override
            public SchemaRegistry registry() {
                return new RegistryConfig(settings).open();
            }
        };
    }

    /** Of power samples; quicker than {@link #value} where they are read. */
    default Serde<SpecificRecord> samples() {
        var others = this.<SpecificRecord>value();
        return Serdes.serdeFrom(others.serializer(), new SamplesDeserializer(registry(), others.deserializer()));
    }

    default <T extends SpecificRecord> Serde<T> key() {
        return of(true);
    }

    default <T extends SpecificRecord> Serde<T> value() {
        return of(false);
    }
}
