package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.streams.state.StateSerde;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The step that lets through the live intensities which the ledger needs: of zones that hosts use, each from one writer. In:
 * intensities of the ledger's series and of replays by their key, and zones that are in use by their name; all of them in
 * one partition, so that they have one order. Out: intensities, to {@link LedgerOutputs#FAN_OUT}.
 */
public record IntensityFanOut(LedgerSettings settings) implements ProcessorSupplier<Object, Object, Object, Object> {
    static final String ZONES_IN_USE = "zones-in-use";
    static final String WRITERS = "intensity-writers";
    static final String WAITING = "waiting-intensities";

    @Override
    public Processor<Object, Object, Object, Object> get() {
        return new IntensityFanOutProcessor(settings);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(ZONES_IN_USE, Serdes.String(), Serdes.Long()),
                store(WRITERS, Serdes.String(), new StateSerde<GridIntensity>(GridIntensity.SCHEMA$)),
                store(WAITING, Serdes.String(), new StateSerde<GridIntensity>(GridIntensity.SCHEMA$)));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
