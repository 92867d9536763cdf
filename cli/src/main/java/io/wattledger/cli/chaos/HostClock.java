package io.wattledger.cli.chaos;

import io.wattledger.cli.terminal.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets the counters of the hosts go on with time. */
final class HostClock implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(40);

    private final List<Host> hosts;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "chaos-clock");
        thread.setDaemon(true);
        return thread;
    });
    private long last;
    private @Nullable ScheduledFuture<?> going;

    HostClock(List<Host> hosts) {
        this.hosts = hosts;
    }

    void start() {
        last = System.nanoTime();
        going = executor.scheduleAtFixedRate(this::step, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step() {
        long now = System.nanoTime();
        var time = Duration.ofNanos(now - last);
        last = now;
        hosts.forEach(host -> host.advance(time));
    }

    /** From here on the counters stand still. */
    void stop() {
        executor.shutdown();
        try {
            if (going != null && going.isDone() && !going.isCancelled()) {
                going.get();
            }
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new Failure("The counters did not stop within 10 s");
            }
        } catch (ExecutionException e) {
            throw new Failure("The counters of the hosts stopped on the way (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while stopping the counters", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
