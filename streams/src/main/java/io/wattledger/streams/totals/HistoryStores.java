package io.wattledger.streams.totals;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores of what is written once and read seldom: on disk and with a changelog, without a cache. */
final class HistoryStores {
    private HistoryStores() {}

    static <K, V> StoreBuilder<KeyValueStore<K, V>> of(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
