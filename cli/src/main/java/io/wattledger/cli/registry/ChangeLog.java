package io.wattledger.cli.registry;

import io.wattledger.schemas.registry.RegistryChange;

/**
 * Where changes are kept, in order. What it holds reaches the state by one way only: read back from it. Not thread-safe.
 */
interface ChangeLog extends AutoCloseable {

    /**
     * Writes a change and returns when it has been read back and applied.
     *
     * @throws StoreException when it is not known to have been written; it may still turn up, see {@link #catchUp}
     */
    void append(RegistryChange change);

    /** Applies whatever is there by now. Before each change: one that timed out may have been written after all. */
    void catchUp();

    @Override
    void close();
}
