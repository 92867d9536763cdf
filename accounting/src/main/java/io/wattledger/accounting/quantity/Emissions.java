package io.wattledger.accounting.quantity;

import java.math.BigDecimal;

/** Emissions in whole micrograms CO2eq. */
public record Emissions(long micrograms) {
    public static final Emissions ZERO = new Emissions(0);

    public Emissions plus(Emissions other) {
        return new Emissions(Math.addExact(micrograms, other.micrograms));
    }

    public double milligrams() {
        return micrograms / 1e3;
    }

    public BigDecimal grams() {
        return BigDecimal.valueOf(micrograms, 6);
    }

    public BigDecimal kilograms() {
        return BigDecimal.valueOf(micrograms, 9);
    }
}
