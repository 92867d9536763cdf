package io.wattledger.sinks.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure, up to a limit, and a random part of that between
 * half and all, so that tasks that failed together do not come back together.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait after one more failure. */
    public Duration next() {
        double full = Math.min(first.toMillis() * Math.pow(2, failures), longest.toMillis());
        failures++;
        return Duration.ofMillis(Math.max(1, (long) (full * (0.5 + random.nextDouble() / 2))));
    }

    /** It has worked. */
    public void reset() {
        failures = 0;
    }
}
