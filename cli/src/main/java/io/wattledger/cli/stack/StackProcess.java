package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is the stack, from its start until it is told to end or nobody uses it any more. */
final class StackProcess {
    private static final Logger LOG = LoggerFactory.getLogger(StackProcess.class);

    private StackProcess() {}

    /**
     * @param idleTime how long to stay without use; null for ever
     */
    static void run(DataDirectory directory, StackPorts ports, @Nullable Duration idleTime)
            throws IOException, InterruptedException {
        try (var shutdown = Shutdown.onSignal();
                var stack = Stack.start(directory, ports)) {
            LOG.info("The stack is ready: {}", stack.addresses());
            if (idleTime == null) {
                shutdown.await();
            } else {
                awaitIdle(directory, idleTime, shutdown);
            }
            LOG.info("The stack stops");
        }
    }

    private static void awaitIdle(DataDirectory directory, Duration idleTime, Shutdown shutdown)
            throws IOException, InterruptedException {
        Files.deleteIfExists(directory.stay());
        var watch = new IdleWatch(directory, idleTime, InstantSource.system());
        var told = false;
        while (!told && !watch.isOver()) {
            told = shutdown.await(watch.pause());
        }
    }
}
