package io.wattledger.accounting.quantity;

/** Units in which others count energy. */
public enum EnergyUnit {
    JOULE(1e6),
    MILLIJOULE(1e3),
    MICROJOULE(1),
    /** 3.6e6 J. */
    KILOWATT_HOUR(3.6e12);

    private final double microjoules;

    EnergyUnit(double microjoules) {
        this.microjoules = microjoules;
    }

    /**
     * So much of it, in whole microjoules, rounded down: a counter that rises never falls by being converted.
     *
     * @throws IllegalArgumentException for a value that is no number, below 0 or beyond 9.2e18 µJ (2.6 GWh)
     */
    public long microjoules(double value) {
        double converted = value * microjoules;
        if (!(converted >= 0 && converted < Long.MAX_VALUE)) {
            throw new IllegalArgumentException("Not the value of a counter of energy: " + value);
        }
        return (long) converted;
    }
}
