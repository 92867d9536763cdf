package io.wattledger.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Fills the topics before a measurement. */
final class Loader {
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final Workload workload;
    private final List<SimulatedHost> hosts;
    private final Consumer<String> progress;
    private long said = System.nanoTime();

    private Loader(Workload workload, Consumer<String> progress) {
        this.workload = workload;
        this.hosts = workload.simulate();
        this.progress = progress;
    }

    /** Writes all of a workload, the samples of all hosts in the order of their time; the hosts know what must come out. */
    static List<SimulatedHost> load(Workload workload, BenchCluster cluster, Consumer<String> progress) {
        progress.accept("loading %,d samples".formatted(workload.samples()));
        try (var feed = Feed.inBulk(cluster)) {
            return new Loader(workload, progress).load(feed);
        }
    }

    private List<SimulatedHost> load(Feed feed) {
        workload.intensities().forEach(feed::intensity);
        eachRun((host, run) -> feed.run(host.started(run)));
        while (!hosts.get(0).isDone()) {
            hosts.forEach(host -> feed.samples(host.next()));
            sayHowFar();
        }
        eachRun((host, run) -> feed.run(host.finished(run)));
        feed.flush();
        return hosts;
    }

    private void eachRun(RunAction action) {
        for (var host : hosts) {
            for (int run = 0; run < workload.runsPerHost(); run++) {
                action.of(host, run);
            }
        }
    }

    private void sayHowFar() {
        if (System.nanoTime() - said > PROGRESS.toNanos()) {
            said = System.nanoTime();
            progress.accept("loaded %,d of %,d samples"
                    .formatted((long) hosts.size() * hosts.get(0).sent(), workload.samples()));
        }
    }

    private interface RunAction {
        void of(SimulatedHost host, int run);
    }
}
