package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.streams.state.StateSerde;
import io.wattledger.streams.state.WriteBehindStore;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores of the accounting step. */
public final class LedgerStores {
    public static final String HOSTS = "hosts";
    public static final String OPEN_ROWS = "open-rows";
    public static final String CLOSED_ROWS = "closed-rows";
    public static final String RESTATEMENTS = "restatements";
    public static final String LIVE_INTENSITIES = "live-intensities";
    public static final String ANNUAL_INTENSITIES = "annual-intensities";
    public static final String HOST_HOURS = "host-hours";
    public static final String INSTALLATION = "installation";

    private LedgerStores() {}

    /** How each is built; all have a changelog and are on disk. */
    public static List<StoreBuilder<?>> builders() {
        return List.of(
                WriteBehindStore.builder(HOSTS, Serdes.String(), hosts()),
                WriteBehindStore.builder(HOST_HOURS, Serdes.String(), new StateSerde<HostHour>(HostHour.SCHEMA$)),
                plain(OPEN_ROWS, Serdes.Bytes(), new StateSerde<OpenRow>(OpenRow.SCHEMA$)),
                plain(CLOSED_ROWS, Serdes.Bytes(), new StateSerde<EmissionRow>(EmissionRow.SCHEMA$)),
                plain(INSTALLATION, Serdes.String(), Serdes.Long()),
                plain(RESTATEMENTS, Serdes.Bytes(), Serdes.ByteArray()),
                plain(LIVE_INTENSITIES, Serdes.Bytes(), new StateSerde<GridIntensity>(GridIntensity.SCHEMA$)),
                plain(
                        ANNUAL_INTENSITIES,
                        new StateSerde<GridDefaultKey>(GridDefaultKey.SCHEMA$),
                        new StateSerde<GridDefault>(GridDefault.SCHEMA$)));
    }

    /** Their names. */
    public static String[] names() {
        return builders().stream().map(StoreBuilder::name).toArray(String[]::new);
    }

    private static Serde<HostLedger> hosts() {
        var states = new StateSerde<HostState>(HostState.SCHEMA$);
        return Serdes.serdeFrom(
                (topic, host) -> states.serialize(topic, host == null ? null : host.toState()), (topic, bytes) -> {
                    var state = states.deserialize(topic, bytes);
                    return state == null ? null : new HostLedger(state);
                });
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> plain(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
