package io.wattledger.streams.totals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Versions of totals: each as it was from its stamp on. What was known at a time is one step of a range scan away. */
final class Versions {
    private Versions() {}

    /** What was known of {@code name} at {@code asOf}. */
    static <T> Optional<T> asOf(ReadOnlyKeyValueStore<Bytes, T> versions, String name, Instant asOf) {
        try (var newestFirst = versions.reverseRange(HistoryKey.before(name), HistoryKey.of(name, asOf))) {
            return newestFirst.hasNext() ? Optional.of(newestFirst.next().value) : Optional.empty();
        }
    }

    /** The first version of {@code name} that is {@code wanted}. */
    static <T> Optional<T> first(ReadOnlyKeyValueStore<Bytes, T> versions, String name, Predicate<T> wanted) {
        try (var oldestFirst = versions.range(HistoryKey.before(name), HistoryKey.behind(name))) {
            while (oldestFirst.hasNext()) {
                var version = oldestFirst.next().value;
                if (wanted.test(version)) {
                    return Optional.of(version);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * What was known at {@code asOf} of every name from {@code last} backwards, in the order of the names. It goes from
     * name to name, not through their versions.
     *
     * @param last the first one to look at; null for the greatest
     * @param first the last one to look at; null for the least
     * @param limit at most so many
     */
    static <T> List<T> allAsOf(
            ReadOnlyKeyValueStore<Bytes, T> versions,
            @Nullable String last,
            @Nullable String first,
            Instant asOf,
            Predicate<T> wanted,
            int limit) {
        var found = new ArrayList<T>();
        var end = first == null ? null : HistoryKey.before(first);
        var name = nameBefore(versions, end, last == null ? null : HistoryKey.behind(last));
        while (name != null && found.size() < limit) {
            asOf(versions, name, asOf).filter(wanted).ifPresent(found::add);
            name = nameBefore(versions, end, HistoryKey.before(name));
        }
        return found;
    }

    private static @Nullable String nameBefore(
            ReadOnlyKeyValueStore<Bytes, ?> versions, @Nullable Bytes end, @Nullable Bytes key) {
        try (var entries = versions.reverseRange(end, key)) {
            return entries.hasNext() ? HistoryKey.name(entries.peekNextKey()) : null;
        }
    }

    /** Removes everything kept under {@code name}, versions and changes alike. */
    static void forget(KeyValueStore<Bytes, ?> store, String name) {
        var keys = new ArrayList<Bytes>();
        try (var entries = store.range(HistoryKey.before(name), HistoryKey.behind(name))) {
            while (entries.hasNext()) {
                keys.add(entries.peekNextKey());
                entries.next();
            }
        }
        keys.forEach(store::delete);
    }
}
