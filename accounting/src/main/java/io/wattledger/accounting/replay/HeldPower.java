package io.wattledger.accounting.replay;

/**
 * The energy of power held over time, exact however long it goes on: whole millijoules and a rest in picojoules (1 nW ×
 * 1 ms = 1 pJ, 1 W × 1 ms = 1 mJ). What it shows is the nearest millijoule of the whole, so the differences between any
 * chain of readings add up without a drift.
 */
final class HeldPower {
    private static final long NANO = 1_000_000_000L;

    private long millijoules;
    private long picojoules;

    /** @throws ArithmeticException beyond 2<sup>63</sup> mJ, which is 2.5 billion kWh */
    void hold(long nanowatts, long millis) {
        long below = Math.addExact(Math.multiplyExact(nanowatts % NANO, millis), picojoules);
        long whole = Math.addExact(Math.multiplyExact(nanowatts / NANO, millis), below / NANO);
        millijoules = Math.addExact(millijoules, whole);
        picojoules = below % NANO;
    }

    /** Everything so far to the nearest millijoule, half up; never less than it was before. */
    long millijoules() {
        return 2 * picojoules >= NANO ? millijoules + 1 : millijoules;
    }
}
