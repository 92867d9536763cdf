package io.wattledger.streams.totals;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store in memory, in the order of its keys' bytes, as those on disk are. */
public final class SortedStore<V> implements ReadOnlyKeyValueStore<Bytes, V> {
    private final NavigableMap<Bytes, V> entries = new TreeMap<>();

    public void put(Bytes key, V value) {
        entries.put(key, value);
    }

    @Override
    public V get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, V> range(@Nullable Bytes from, @Nullable Bytes to) {
        return iterator(between(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, V> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return iterator(between(from, to).descendingMap());
    }

    private NavigableMap<Bytes, V> between(@Nullable Bytes from, @Nullable Bytes to) {
        var above = from == null ? entries : entries.tailMap(from, true);
        return to == null ? above : above.headMap(to, true);
    }

    @Override
    public KeyValueIterator<Bytes, V> all() {
        return iterator(entries);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    private static <V> KeyValueIterator<Bytes, V> iterator(Map<Bytes, V> entries) {
        var list = entries.entrySet().stream()
                .map(entry -> KeyValue.pair(entry.getKey(), entry.getValue()))
                .toList();
        return new KeyValueIterator<>() {
            private int next;

            @Override
            public void close() {}

            @Override
            public Bytes peekNextKey() {
                return list.get(next).key;
            }

            @Override
            public boolean hasNext() {
                return next < list.size();
            }

            @Override
            public KeyValue<Bytes, V> next() {
                return list.get(next++);
            }
        };
    }
}
