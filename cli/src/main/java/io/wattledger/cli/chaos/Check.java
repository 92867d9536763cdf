package io.wattledger.cli.chaos;

import java.util.ArrayList;
import java.util.List;

/** One thing that must hold: what was compared, and what differs. */
final class Check {
    private final String name;
    private final List<String> differences = new ArrayList<>();
    private long compared;

    Check(String name) {
        this.name = name;
    }

    /** Compares two figures of the same thing. */
    void same(String what, Object expected, Object found) {
        compared++;
        if (!expected.equals(found)) {
            var excess = expected instanceof Long a && found instanceof Long b ? " (%+d)".formatted(b - a) : "";
            differences.add(what + ": expected " + expected + ", found " + found + excess);
        }
    }

    /** Compares two amounts that may differ by so much. */
    void near(String what, long expected, long found, long tolerance) {
        same(what, expected, Math.abs(found - expected) <= tolerance ? expected : found);
    }

    /** Something that must hold. */
    void holds(String what, boolean held) {
        compared++;
        if (!held) {
            differences.add(what);
        }
    }

    public String getName() {
        return name;
    }

    public long getCompared() {
        return compared;
    }

    public List<String> getDifferences() {
        return differences;
    }
}
