package io.wattledger.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Follows the totals of runs, and tells when they are what was expected. Closing it closes the topic. */
final class RunWatch implements AutoCloseable {
    private final RunTopic<?> totals;
    private final Map<String, RunFigures> found = new HashMap<>();
    private final Set<String> right = new HashSet<>();
    private Expectation expectation;
    private long millijoules;
    private Instant lastChange = Instant.now();

    RunWatch(RunTopic<?> totals, Expectation expectation) {
        this.totals = totals;
        this.expectation = expectation;
    }

    /**
     * Reads until all is right, or nothing has changed for that long.
     *
     * @return whether all is right
     */
    boolean awaitRight(Duration patience) {
        return await(this::isRight, patience);
    }

    /** Reads until that share of the energy has been accounted, or nothing has changed for that long. */
    boolean awaitShare(double share, Duration patience) {
        return await(() -> energyShare() >= share, patience);
    }

    private boolean await(BooleanSupplier condition, Duration patience) {
        lastChange = Instant.now();
        while (!condition.getAsBoolean()) {
            if (!read() && lastChange.plus(patience).isBefore(Instant.now())) {
                return false;
            }
        }
        return true;
    }

    /** Goes on reading for that long. */
    void readOn(Duration time) {
        var end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            read();
        }
    }

    /** From now on something else is right. */
    void expect(Expectation other) {
        expectation = other;
        right.clear();
        found.forEach(this::compare);
    }

    /** Takes what has come; returns whether anything has. */
    boolean read() {
        boolean any = totals.read(this::note);
        if (any) {
            lastChange = Instant.now();
        }
        return any;
    }

    private void note(String run, RunFigures now) {
        var before = found.put(run, now);
        millijoules += now.millijoules() - (before == null ? 0 : before.millijoules());
        compare(run, now);
    }

    private void compare(String run, RunFigures now) {
        if (expectation.isRight(run, now)) {
            right.add(run);
        } else {
            right.remove(run);
        }
    }

    boolean isRight() {
        return right.size() == expectation.runs().size() && found.size() == right.size();
    }

    /** When the last record came. */
    Instant lastChange() {
        return lastChange;
    }

    /** Energy of all runs so far, of what is expected in the end. */
    double energyShare() {
        return (double) millijoules / expectation.millijoules();
    }

    /** What is wrong, for people; empty when all is right. */
    String differences() {
        return expectation.differences(found);
    }

    @Override
    public void close() {
        totals.close();
    }
}
