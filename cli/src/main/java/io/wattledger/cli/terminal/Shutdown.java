package io.wattledger.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a process that stays end cleanly when it is told to end: the signal is noted, and the JVM goes on until this is
 * closed, which is when everything else has been.
 */
public final class Shutdown implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Shutdown() {}

    /** Begins to listen for SIGTERM, SIGINT and SIGHUP. */
    public static Shutdown onSignal() {
        var shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
        return shutdown;
    }

    /** Waits for a signal. */
    public void await() throws InterruptedException {
        told.await();
    }

    /** Waits for a signal, but not longer than that; true when there was one. */
    public boolean await(Duration time) throws InterruptedException {
        return told.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Goes on as after a signal. */
    public void tell() {
        told.countDown();
    }

    private void end() {
        tell();
        try {
            // Not for ever: when Kafka ends the JVM at a fault, the very thread that would close this may wait for it.
            closed.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
