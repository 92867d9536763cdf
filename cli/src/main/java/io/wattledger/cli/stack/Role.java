package io.wattledger.cli.stack;

import java.util.concurrent.CompletableFuture;

/** One part of the stack while it runs. */
public interface Role extends AutoCloseable {
    /** Where it listens, as clients write it. */
    String url();

    /** Completes, with the reason, when it stops by itself, as it cannot go on. */
    default CompletableFuture<String> stopped() {
        return new CompletableFuture<>();
    }

    /** Stops it cleanly. */
    @Override
    void close();

    /** Starts a role and returns once it serves. */
    @FunctionalInterface
    interface Starter<R extends Role> {
        R start(RoleContext context);
    }
}
