package io.wattledger.streams.state;

import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * The stores of one name that an instance has, one for each partition that is there, to be read by other threads.
 *
 * @param <S> what each store is
 */
public record EachPartition<S>(Class<?> type) implements QueryableStoreType<List<S>> {
    @Override
    public boolean accepts(StateStore store) {
        return type.isInstance(store);
    }

    @Override
    public List<S> create(StateStoreProvider provider, String name) {
        return provider.stores(name, new One<S>(type));
    }

    private record One<S>(Class<?> type) implements QueryableStoreType<S> {
        @Override
        public boolean accepts(StateStore store) {
            return type.isInstance(store);
        }

        @Override
        public S create(StateStoreProvider provider, String name) {
            return provider.stores(name, this).get(0);
        }
    }
}
