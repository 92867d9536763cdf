package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** Units in which others tell carbon intensity, of CO2 or CO2eq alike. */
public enum IntensityUnit {
    GRAM_PER_KILOWATT_HOUR("g/kWh", "1"),
    KILOGRAM_PER_KILOWATT_HOUR("kg/kWh", "1000"),
    /** The same number as in grams per kilowatt-hour. */
    KILOGRAM_PER_MEGAWATT_HOUR("kg/MWh", "1"),
    /** The avoirdupois pound is 0.45359237 kg by definition (international yard and pound agreement, 1959). */
    POUND_PER_MEGAWATT_HOUR("lb/MWh", "0.45359237"),
    TONNE_PER_MEGAWATT_HOUR("t/MWh", "1000");

    /** Below half a microgram per kilowatt-hour in the largest unit. */
    private static final BigDecimal NOTHING_IN_ANY_UNIT = new BigDecimal("0.0000000005");

    private static final BigDecimal MOST_GRAMS = new BigDecimal(Long.MAX_VALUE).movePointLeft(6);

    private final String symbol;
    private final BigDecimal gramsPerKwh;

    IntensityUnit(String symbol, String gramsPerKwh) {
        this.symbol = symbol;
        this.gramsPerKwh = new BigDecimal(gramsPerKwh);
    }

    /** As people write it, for example {@code lb/MWh}. */
    public String symbol() {
        return symbol;
    }

    /** The unit with this symbol, upper and lower case as written; nothing where there is none. */
    public static Optional<IntensityUnit> of(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst();
    }

    /**
     * So much of it, converted without loss and then rounded once, half to even, to a microgram per kilowatt-hour.
     *
     * @throws IllegalArgumentException for a value below 0 or beyond 9.2e12 (g/kWh)
     */
    public CarbonIntensity intensity(BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("Carbon intensity below 0: " + value + " " + symbol);
        }
        // numbers such as 1e-999999999 are compared before anything writes them out
        if (value.compareTo(NOTHING_IN_ANY_UNIT) < 0) {
            return new CarbonIntensity(0);
        }
        var grams = value.compareTo(MOST_GRAMS) > 0 ? value : value.multiply(gramsPerKwh);
        if (grams.compareTo(MOST_GRAMS) > 0) {
            throw new IllegalArgumentException("Not a carbon intensity: " + value + " " + symbol);
        }
        return CarbonIntensity.ofGramsPerKwh(grams);
    }
}
