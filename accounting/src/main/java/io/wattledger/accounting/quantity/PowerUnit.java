package io.wattledger.accounting.quantity;

/** Units in which others tell power. */
public enum PowerUnit {
    WATT(1),
    MILLIWATT(1e3),
    MICROWATT(1e6);

    private final double perWatt;

    PowerUnit(double perWatt) {
        this.perWatt = perWatt;
    }

    /**
     * So much of it, to the nearest milliwatt.
     *
     * @throws IllegalArgumentException for a value that is no number or below 0
     */
    public Power power(double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("Not a power: " + value);
        }
        return Power.ofWatts(value / perWatt);
    }
}
