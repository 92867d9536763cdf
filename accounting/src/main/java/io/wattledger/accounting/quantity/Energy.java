package io.wattledger.accounting.quantity;

import java.math.BigDecimal;

/** Energy in whole millijoules. */
public record Energy(long millijoules) implements Comparable<Energy> {
    /** 1 kWh = 1,000 W × 3,600 s = 3.6e6 J. */
    public static final long MILLIJOULES_PER_KWH = 3_600_000_000L;

    public static final Energy ZERO = new Energy(0);

    public Energy plus(Energy other) {
        return new Energy(Math.addExact(millijoules, other.millijoules));
    }

    public Energy minus(Energy other) {
        return new Energy(Math.subtractExact(millijoules, other.millijoules));
    }

    public double joules() {
        return millijoules / 1e3;
    }

    public double wattHours() {
        return millijoules / 3.6e6;
    }

    /** Exact to 12 decimals of a kilowatt-hour (3.6 µJ), more than a millijoule needs. */
    public BigDecimal kilowattHours() {
        return Decimals.quotient(millijoules, MILLIJOULES_PER_KWH);
    }

    @Override
    public int compareTo(Energy other) {
        return Long.compare(millijoules, other.millijoules);
    }
}
