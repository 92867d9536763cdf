package io.wattledger.cli.chaos;

import io.wattledger.cli.terminal.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Makes faults happen. Those that last go on while the next ones come. */
final class Injector implements AutoCloseable {
    /** For what takes seconds, so that only what hangs is taken for hanging, however busy the machine is. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Cluster cluster;
    private final List<Host> hosts;
    private final Consumer<String> progress;
    private final Map<Fault.Kind, Integer> counts = new EnumMap<>(Fault.Kind.class);
    private final List<Future<?>> mending = new ArrayList<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "chaos-mending");
        thread.setDaemon(true);
        return thread;
    });

    Injector(Cluster cluster, List<Host> hosts, Consumer<String> progress) {
        this.cluster = cluster;
        this.hosts = hosts;
        this.progress = progress;
    }

    /** Waits until it is time for each fault, and lets it happen. */
    void inject(List<Fault> faults) {
        for (int i = 0; i < faults.size(); i++) {
            inject(faults.get(i), (i + 1) + "/" + faults.size());
        }
    }

    private void inject(Fault fault, String number) {
        pause(fault.after());
        var host = hosts.get(fault.host());
        boolean happened =
                switch (fault.kind()) {
                    case KILL_BROKER, KILL_REGISTRY, KILL_CONNECT, KILL_STREAMS ->
                        kill(cluster.service(fault.kind()), fault);
                    case KILL_COLLECTOR -> kill(host.collector(), fault);
                    case FILL_COLLECTOR_DISK -> fill(host.disk(), fault, () -> {});
                    case FILL_BROKER_DISK -> fill(cluster.brokerDisk(), fault, this::endBroker);
                    case CUT_CONNECTIONS -> cut();
                    case PULL_OUT_CABLE -> pullOut(fault);
                    case REWIND_COLLECTOR -> rewind(host);
                    case LOSE_DISK -> loseDisk(host);
                };
        if (happened) {
            counts.merge(fault.kind(), 1, Integer::sum);
        }
        progress.accept(number + " " + fault.kind().text
                + (fault.kind().ofHost ? " (" + host.name() + ")" : "")
                + (happened ? "" : ": left out"));
    }

    private static boolean kill(Service service, Fault fault) {
        if (fault.whenReady()) {
            service.awaitReady(PATIENCE);
        }
        await("the " + service.name() + " to be started", service::isAlive);
        return service.kill(fault.length());
    }

    /**
     * Waits for something.
     *
     * @throws Failure when it takes minutes
     */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new Failure("Waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            pause(LOOK_AGAIN);
        }
    }

    private boolean cut() {
        await("somebody to connect to the broker", () -> cluster.proxy().connections() > 0);
        cluster.proxy().cut();
        return true;
    }

    private boolean fill(Optional<SmallDisk> disk, Fault fault, Runnable afterwards) {
        disk.ifPresent(full -> {
            full.fill();
            mend(fault, () -> {
                full.free();
                afterwards.run();
            });
        });
        return disk.isPresent();
    }

    /** A broker whose disk was full has given up its log folder; it should have ended, and must. */
    private void endBroker() {
        cluster.broker().kill(Duration.ZERO);
    }

    private boolean pullOut(Fault fault) {
        cluster.proxy().pullOut();
        mend(fault, cluster.proxy()::plugIn);
        return true;
    }

    private static boolean rewind(Host host) {
        await(host.name() + " to have sent samples", host::hasSent);
        host.rewind();
        return true;
    }

    private static boolean loseDisk(Host host) {
        // A gap is what lies between samples that are known.
        await(host.name() + " to have sent samples", host::hasSent);
        host.loseDisk();
        return true;
    }

    private void mend(Fault fault, Runnable how) {
        mending.add(later.schedule(how, fault.length().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Waits until everything that lasts is over. */
    void awaitMended() {
        try {
            for (var future : mending) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new Failure("A fault could not be mended (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What has happened how often. */
    Map<Fault.Kind, Integer> counts() {
        return counts;
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("Interrupted among the faults", e);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
