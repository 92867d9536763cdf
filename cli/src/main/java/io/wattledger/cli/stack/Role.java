package io.wattledger.cli.stack;

/** One part of the stack while it runs. */
public interface Role extends AutoCloseable {
    /** Where it listens, as clients write it. */
    String url();

    /** Stops it cleanly. */
    @Override
    void close();

    /** Starts a role and returns once it serves. */
    @FunctionalInterface
    interface Starter<R extends Role> {
        R start(RoleContext context);
    }
}
