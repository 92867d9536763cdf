package io.wattledger.sinks.logging;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.List;

/** Where log lines go. */
public interface LogBackend extends AutoCloseable {
    /**
     * Delivers lines. What was sent when this returns the backend has.
     *
     * @throws LinesRefusedException when it does not take them for what they say
     * @throws TargetUnavailableException to be given the same lines again
     * @throws TargetRefusedException when trying again is of no use, whatever the lines
     */
    void send(List<LogLine> lines) throws LinesRefusedException, TargetUnavailableException;

    /**
     * Looks once more whether it still has what was sent, as far as can be told; before that counts as delivered for good.
     *
     * @throws TargetUnavailableException when it cannot be told now
     */
    default void confirm() throws TargetUnavailableException {}

    @Override
    default void close() {}
}
