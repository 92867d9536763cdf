package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Power in whole milliwatts. */
public record Power(long milliwatts) {
    public static final Power ZERO = new Power(0);

    /** The nearest whole milliwatt. */
    public static Power ofWatts(double watts) {
        if (!Double.isFinite(watts)) {
            throw new IllegalArgumentException("Not a power: " + watts + " W");
        }
        return new Power(Math.round(watts * 1e3));
    }

    /** The nearest whole milliwatt, half to even. */
    public static Power ofMegawatts(BigDecimal megawatts) {
        return new Power(
                megawatts.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    /** The nearest whole milliwatt, half to even. */
    public static Power ofMicrowatts(long microwatts) {
        return new Power(Rounding.mulDiv(microwatts, 1, 1000, RoundingMode.HALF_EVEN));
    }

    /** Of a direct current, to the nearest milliwatt, half to even: P = U × I. */
    public static Power of(long millivolts, long milliamperes) {
        return new Power(Rounding.mulDiv(millivolts, milliamperes, 1000, RoundingMode.HALF_EVEN));
    }

    public Power plus(Power other) {
        return new Power(Math.addExact(milliwatts, other.milliwatts));
    }

    public Power minus(Power other) {
        return new Power(Math.subtractExact(milliwatts, other.milliwatts));
    }

    /**
     * This power in thousandths of another, rounded up, so that a band is never stated too narrow.
     *
     * @throws IllegalArgumentException when the other is not above 0
     */
    public int thousandthsOf(Power whole) {
        if (whole.milliwatts <= 0) {
            throw new IllegalArgumentException("Not a share of " + whole.milliwatts + " mW");
        }
        return Math.toIntExact(Rounding.mulDiv(milliwatts, 1000, whole.milliwatts, RoundingMode.CEILING));
    }

    public double watts() {
        return milliwatts / 1e3;
    }

    /** Energy of this power held for a time, to the nearest millijoule, half to even. */
    public Energy over(Duration time) {
        return new Energy(Rounding.mulDiv(milliwatts, time.toNanos(), 1_000_000_000L, RoundingMode.HALF_EVEN));
    }

    /** Energy of a power that went evenly from this to {@code end} (trapezoid rule), to the nearest millijoule, half to even. */
    public Energy goingTo(Power end, Duration time) {
        long sum = Math.addExact(milliwatts, end.milliwatts);
        return new Energy(Rounding.mulDiv(sum, time.toNanos(), 2_000_000_000L, RoundingMode.HALF_EVEN));
    }
}
