package io.wattledger.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a process that stays end cleanly when it is told to end: the signal is noted, and the JVM goes on until this is
 * closed, which is when everything else has been.
 */
public final class Shutdown implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Duration grace;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread starting;

    private Shutdown(Duration grace) {
        this.grace = grace;
    }

    /** Begins to listen for SIGTERM, SIGINT and SIGHUP. */
    public static Shutdown onSignal() {
        return onSignal(GRACE);
    }

    /**
     * The same with another limit.
     *
     * @param grace how long the JVM waits at most until everything is closed
     */
    public static Shutdown onSignal(Duration grace) {
        var shutdown = new Shutdown(grace);
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

    /** Does what takes a while at the start; a signal interrupts it. */
    public <T> T interruptibly(Supplier<T> start) {
        beginStart();
        try {
            return start.get();
        } finally {
            endStart();
        }
    }

    private synchronized void beginStart() {
        starting = Thread.currentThread();
        if (told.getCount() == 0) {
            // The signal was quicker.
            interruptStart();
        }
    }

    private synchronized void endStart() {
        starting = null;
        // What is closed from now on is not to be hurried by a signal that came at the last moment.
        Thread.interrupted();
    }

    private synchronized void interruptStart() {
        if (starting != null) {
            starting.interrupt();
        }
    }

    /** Goes on as after a signal. */
    public void tell() {
        told.countDown();
    }

    private void end() {
        tell();
        interruptStart();
        try {
            // Not for ever: when Kafka ends the JVM at a fault, the very thread that would close this may wait for it.
            closed.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
