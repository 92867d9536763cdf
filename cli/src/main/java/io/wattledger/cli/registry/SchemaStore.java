package io.wattledger.cli.registry;

import io.wattledger.schemas.registry.RegistryChange;
import io.wattledger.schemas.registry.RegistryState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The registry's state and its log, for many threads: reads do not wait for writes, and each write decides on the state
 * that all writes before it have left.
 */
final class SchemaStore implements AutoCloseable {

    /**
     * What to do and what to answer when it is done.
     *
     * @param changes written in this order
     */
    record Decision<T>(T answer, List<RegistryChange> changes) {
        static <T> Decision<T> nothing(T answer) {
            return new Decision<>(answer, List.of());
        }
    }

    /** Its own monitor guards it. */
    private final RegistryState state = new RegistryState();

    private final Object writing = new Object();
    private final ChangeLog log;

    /** @param open opens the log and gives all it holds, now and later, to the consumer it is given */
    SchemaStore(Function<Consumer<RegistryChange>, ChangeLog> open) {
        this.log = open.apply(this::apply);
    }

    private void apply(RegistryChange change) {
        synchronized (state) {
            state.apply(change);
        }
    }

    <T> T read(Function<RegistryState, T> query) {
        synchronized (state) {
            return query.apply(state);
        }
    }

    /** @throws StoreException when a change is not known to have been written */
    <T> T write(Function<RegistryState, Decision<T>> decide) {
        synchronized (writing) {
            log.catchUp();
            var decision = read(decide);
            decision.changes.forEach(log::append);
            return decision.answer;
        }
    }

    @Override
    public void close() {
        synchronized (writing) {
            log.close();
        }
    }
}
