package io.wattledger.cli.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** When the totals of runs took in which sample: a time for each sample and each run on it. */
final class Arrivals {
    private static final double NANOS_PER_MILLI = 1e6;

    /** One run of one host, with the energy it has after each sample. */
    private record Run(int host, long[] millijoules) {}

    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Integer> arrived = new HashMap<>();
    private final SentAt sentAt;
    private final int samplesPerHost;
    private final int notCounted;
    private final double[] millis;
    private int counted;

    /** When a sample of a host was sent, by {@link System#nanoTime}; both are counted from 0. */
    @FunctionalInterface
    interface SentAt {
        long nanos(int host, int sample);
    }

    /**
     * @param notCounted how many of the first samples of each host are left out
     */
    Arrivals(Workload workload, SentAt sentAt, int notCounted) {
        this.sentAt = sentAt;
        this.samplesPerHost = workload.samplesPerHost();
        this.notCounted = notCounted;
        var hosts = workload.simulate();
        for (int i = 0; i < hosts.size(); i++) {
            add(i, hosts.get(i), workload.runsPerHost());
        }
        this.millis = new double[runs.size() * (samplesPerHost - notCounted)];
    }

    private void add(int number, SimulatedHost host, int runsPerHost) {
        var energies = new long[runsPerHost][samplesPerHost];
        for (int sample = 0; sample < samplesPerHost; sample++) {
            host.next();
            for (int run = 0; run < runsPerHost; run++) {
                energies[run][sample] = host.millijoules(run);
            }
        }
        for (int run = 0; run < runsPerHost; run++) {
            runs.put(host.run(run), new Run(number, energies[run]));
        }
    }

    /** Takes a total: it includes each sample after which the run had no more energy than that. */
    void note(String name, RunFigures total) {
        long now = System.nanoTime();
        var run = runs.get(name);
        if (run == null) {
            throw new IllegalStateException("The ledger tells of a run " + name + ", which nobody sent");
        }
        int sample = arrived.getOrDefault(name, 0);
        for (; sample < samplesPerHost && run.millijoules()[sample] <= total.millijoules(); sample++) {
            if (sample >= notCounted) {
                millis[counted++] = (now - sentAt.nanos(run.host(), sample)) / NANOS_PER_MILLI;
            }
        }
        arrived.put(name, sample);
    }

    /** How many times have been taken. */
    int counted() {
        return counted;
    }

    boolean isComplete() {
        return counted == millis.length;
    }

    /** How many times there are to take. */
    int expected() {
        return millis.length;
    }

    /** The least time that this share of all is at most, in milliseconds. */
    double quantile(double share) {
        Arrays.sort(millis);
        return millis[Math.max(0, (int) Math.ceil(share * millis.length) - 1)];
    }
}
