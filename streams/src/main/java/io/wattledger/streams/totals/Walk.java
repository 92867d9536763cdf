package io.wattledger.streams.totals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Looks at all entries of a store in turn, some at a time, so that no look takes long. */
final class Walk<V> {
    private static final int STEPS = 2000;

    private final Function<@Nullable String, KeyValueIterator<String, V>> entriesFrom;
    private @Nullable String position;

    /**
     * @param entriesFrom entries from a key on; from the first one where that is null
     */
    Walk(Function<@Nullable String, KeyValueIterator<String, V>> entriesFrom) {
        this.entriesFrom = entriesFrom;
    }

    /** Shows the next ones to {@code look}, which may change or delete them. */
    void goOn(BiConsumer<String, V> look) {
        List<KeyValue<String, V>> next = new ArrayList<>();
        try (var entries = entriesFrom.apply(position)) {
            while (entries.hasNext() && next.size() < STEPS) {
                next.add(entries.next());
            }
            position = entries.hasNext() ? entries.peekNextKey() : null;
        }
        next.forEach(entry -> look.accept(entry.key, entry.value));
    }
}
