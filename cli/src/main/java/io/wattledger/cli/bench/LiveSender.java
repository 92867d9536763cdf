package io.wattledger.cli.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Sends the samples of a workload in time, each host in turn, and remembers when each was sent. */
final class LiveSender implements Runnable {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Workload workload;
    private final BenchCluster cluster;
    private final List<SimulatedHost> hosts;
    private final AtomicLongArray sentAt;

    LiveSender(Workload workload, BenchCluster cluster) {
        this.workload = workload;
        this.cluster = cluster;
        this.hosts = workload.simulate();
        this.sentAt = new AtomicLongArray(Math.toIntExact(workload.samples()));
    }

    @Override
    public void run() {
        try (var feed = Feed.live(cluster)) {
            workload.intensities().forEach(feed::intensity);
            for (var host : hosts) {
                for (int run = 0; run < workload.runsPerHost(); run++) {
                    feed.run(host.started(run));
                }
            }
            feed.flush();
            send(feed);
            feed.flush();
        }
    }

    /** What cannot be sent in time is sent as soon as it can. */
    private void send(Feed feed) {
        long began = System.nanoTime();
        for (int i = 0; i < sentAt.length() && !Thread.currentThread().isInterrupted(); i++) {
            awaitNanos(began + (long) ((double) i / hosts.size() * SECOND_NANOS));
            var record = hosts.get(i % hosts.size()).next();
            sentAt.set(i, System.nanoTime());
            feed.samples(record);
        }
    }

    private static void awaitNanos(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }

    /** How many samples were sent in a second, from that sample of the first host to the last of all; once all were. */
    double samplesPerSecond(int from) {
        int last = sentAt.length() - 1;
        int first = from * hosts.size();
        return (double) SECOND_NANOS * (last - first) / (sentAt.get(last) - sentAt.get(first));
    }

    /** For {@link Arrivals}. */
    long sentAt(int host, int sample) {
        return sentAt.get(sample * hosts.size() + host);
    }
}
