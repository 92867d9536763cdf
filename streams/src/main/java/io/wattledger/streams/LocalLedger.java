package io.wattledger.streams;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.streams.api.LedgerState;
import io.wattledger.streams.ledger.LedgerStores;
import io.wattledger.streams.state.EachPartition;
import io.wattledger.streams.state.WriteBehindStore;
import io.wattledger.streams.totals.DayHistory;
import io.wattledger.streams.totals.RunHistory;
import io.wattledger.streams.totals.TotalStores;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What this instance has of the ledger, read from its state stores. */
final class LocalLedger implements LedgerState {
    private final KafkaStreams streams;
    private final HostInfo here;

    /**
     * @param here what this instance is known as to others
     */
    LocalLedger(KafkaStreams streams, HostInfo here) {
        this.streams = streams;
        this.here = here;
    }

    @Override
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public RunHistory runs() {
        return new RunHistory(
                this.<RunEmissions>history(TotalStores.RUN_VERSIONS),
                this.<EmissionRevision>history(TotalStores.RUN_CHANGES));
    }

    @Override
    public DayHistory days() {
        return new DayHistory(this.<DailyEmissions>history(TotalStores.DAILY_VERSIONS));
    }

    @Override
    public List<HostHour> hours(String host, Instant from, Instant to) {
        var first = host + "/" + from.truncatedTo(ChronoUnit.HOURS);
        var last = host + "/" + to;
        var hours = new ArrayList<HostHour>();
        for (var store :
                this.<WriteBehindStore<String, HostHour>>stores(LedgerStores.HOST_HOURS, WriteBehindStore.class)) {
            try (var written = store.written(first, last)) {
                written.forEachRemaining(entry -> hours.add(entry.value));
            }
        }
        return hours;
    }

    private <V> List<ReadOnlyKeyValueStore<Bytes, V>> history(String name) {
        return stores(name, KeyValueStore.class);
    }

    /** None where all partitions are at other instances. */
    private <S> List<S> stores(String name, Class<?> type) {
        boolean isHere = streams.streamsMetadataForStore(name).stream()
                .anyMatch(instance -> instance.hostInfo().equals(here)
                        && instance.stateStoreNames().contains(name));
        return isHere
                ? streams.store(StoreQueryParameters.fromNameAndType(name, new EachPartition<S>(type)))
                : List.of();
    }

    @Override
    public Optional<URI> instanceOfRun(String run) {
        return elsewhere(streams.queryMetadataForKey(TotalStores.RUN_TOTALS, run, new StringSerializer()));
    }

    @Override
    public Optional<URI> instanceOfHost(String host) {
        StreamPartitioner<String, Object> byHost = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String topic, String key, Object value, int partitions) {
                return Optional.of(Set.of(HostPartition.of(key, partitions)));
            }
        };
        return elsewhere(streams.queryMetadataForKey(LedgerStores.HOST_HOURS, host, byHost));
    }

    private Optional<URI> elsewhere(KeyQueryMetadata metadata) {
        if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw new InvalidStateStoreException("It is not known yet which instance has it");
        }
        return metadata.activeHost().equals(here) ? Optional.empty() : Optional.of(uri(metadata.activeHost()));
    }

    @Override
    public List<URI> otherInstances() {
        return streams.metadataForAllStreamsClients().stream()
                .map(instance -> instance.hostInfo())
                .filter(instance -> !instance.equals(here) && !instance.equals(HostInfo.unavailable()))
                .map(LocalLedger::uri)
                .toList();
    }

    private static URI uri(HostInfo instance) {
        return URI.create("http://" + instance.host() + ":" + instance.port());
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }
}
