package io.wattledger.streams.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what has changed as objects in memory until just before a commit, and writes each of them once then: to serialise
 * a value at every change would cost more than the change. Streams asks its own caches in the same way to empty
 * themselves before a commit ({@code flushCache}), and what is written or forwarded then belongs to that commit. This is
 * an internal interface of Kafka Streams; the crash tests would find out if it went away.
 */
public final class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V> {
    /** Unchanged values kept at hand. */
    private static final int CLEAN_LIMIT = 10_000;

    private final Map<K, V> changed = new LinkedHashMap<>();
    private final Map<K, V> clean = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > CLEAN_LIMIT;
        }
    };
    private Runnable beforeWriting = () -> {};
    private BiConsumer<K, V> beforeEachWrite = (key, value) -> {};

    /** The processor that is being initialised; what it forwards goes on from its own node. */
    private static final class CurrentProcessor {
        private final InternalProcessorContext<?, ?> context;
        private final @Nullable ProcessorNode<?, ?, ?, ?> node;

        CurrentProcessor(ProcessorContext<?, ?> context) {
            this.context = (InternalProcessorContext<?, ?>) context;
            this.node = this.context.currentNode();
        }

        void run(Runnable action) {
            var current = context.currentNode();
            context.setCurrentNode(node);
            try {
                action.run();
            } finally {
                context.setCurrentNode(current);
            }
        }
    }

    private WriteBehindStore(KeyValueStore<K, V> written) {
        super(written);
    }

    /** A store with a changelog, kept on disk. */
    public static <K, V> StoreBuilder<WriteBehindStore<K, V>> builder(String name, Serde<K> key, Serde<V> value) {
        StoreBuilder<KeyValueStore<K, V>> written = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), key, value)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
        return new StoreBuilder<>() {
            @Override
            public StoreBuilder<WriteBehindStore<K, V>> withCachingEnabled() {
                throw new UnsupportedOperationException("A write-behind store is a cache already");
            }

            @Override
            public StoreBuilder<WriteBehindStore<K, V>> withCachingDisabled() {
                throw new UnsupportedOperationException("A write-behind store is a cache already");
            }

            @Override
            public StoreBuilder<WriteBehindStore<K, V>> withLoggingEnabled(Map<String, String> config) {
                written.withLoggingEnabled(config);
                return this;
            }

            @Override
            public StoreBuilder<WriteBehindStore<K, V>> withLoggingDisabled() {
                written.withLoggingDisabled();
                return this;
            }

            @Override
            public WriteBehindStore<K, V> build() {
                return new WriteBehindStore<>(written.build());
            }

            @Override
            public Map<String, String> logConfig() {
                return written.logConfig();
            }

            @Override
            public boolean loggingEnabled() {
                return written.loggingEnabled();
            }

            @Override
            public String name() {
                return written.name();
            }
        };
    }

    /**
     * Calls {@code action} before each commit, just before changed values are written. It may change values, forward
     * records as the processor whose {@code context} this is, and use other stores; when it changes another store of this
     * kind, that one needs the same action, as it is not said which of them is written first. To be called when the processor is
     * initialised.
     */
    public void beforeWriting(ProcessorContext<?, ?> context, Runnable action) {
        var processor = new CurrentProcessor(context);
        beforeWriting = () -> processor.run(action);
    }

    /** The same with each changed value just before it is written; it must not change values of such a store. */
    public void beforeEachWrite(ProcessorContext<?, ?> context, BiConsumer<K, V> action) {
        var processor = new CurrentProcessor(context);
        beforeEachWrite = (key, value) -> processor.run(() -> action.accept(key, value));
    }

    /** The value, to be read or changed in place (followed by {@link #put}), or null. */
    public @Nullable V get(K key) {
        var value = changed.get(key);
        if (value == null) {
            value = clean.get(key);
        }
        if (value == null) {
            value = wrapped().get(key);
            if (value != null) {
                clean.put(key, value);
            }
        }
        return value;
    }

    /** Notes that the value is new or has changed; it may still be changed in place until the commit. */
    public void put(K key, V value) {
        changed.put(key, value);
    }

    /** Forgets the value at once. */
    public void delete(K key) {
        changed.remove(key);
        clean.remove(key);
        wrapped().delete(key);
    }

    /** What has been written, in the order of the keys' bytes; changes since the last commit are not in it. To be closed. */
    public KeyValueIterator<K, V> written() {
        return wrapped().all();
    }

    /** The same from {@code first} to {@code last}, both included; null for no bound. Other threads may call it. */
    public KeyValueIterator<K, V> written(@Nullable K first, @Nullable K last) {
        return wrapped().range(first, last);
    }

    /** The value as it was last written; may be called by other threads. */
    public @Nullable V written(K key) {
        return wrapped().get(key);
    }

    @Override
    public void flushCache() {
        beforeWriting.run();
        var writing = new LinkedHashMap<>(changed);
        changed.clear();
        writing.forEach((key, value) -> {
            beforeEachWrite.accept(key, value);
            wrapped().put(key, value);
            clean.put(key, value);
        });
        super.flushCache();
    }

    @Override
    public void clearCache() {
        forgetAll();
        super.clearCache();
    }

    /** After a failure the same store is opened again; what was not written belongs to a transaction that was aborted. */
    @Override
    public void close() {
        forgetAll();
        super.close();
    }

    private void forgetAll() {
        changed.clear();
        clean.clear();
    }
}
