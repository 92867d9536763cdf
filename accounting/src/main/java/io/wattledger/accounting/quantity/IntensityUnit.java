package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** Units in which others tell carbon intensity, of CO2 and CO2eq alike. */
public enum IntensityUnit {
    GRAM_PER_KILOWATT_HOUR("g/kWh", "1"),
    KILOGRAM_PER_KILOWATT_HOUR("kg/kWh", "1000"),
    /** The same number as in grams per kilowatt-hour. */
    KILOGRAM_PER_MEGAWATT_HOUR("kg/MWh", "1"),
    /** The avoirdupois pound is 0.45359237 kg by definition (international yard and pound agreement, 1959). */
    POUND_PER_MEGAWATT_HOUR("lb/MWh", "0.45359237"),
    TONNE_PER_MEGAWATT_HOUR("t/MWh", "1000");

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

    /** The unit with this symbol, capital and small letters as they are; nothing where there is none. */
    public static Optional<IntensityUnit> of(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst();
    }

    /** So much of it in grams per kilowatt-hour, exact; a {@link CarbonIntensity} made of it is rounded once. */
    public BigDecimal gramsPerKwh(BigDecimal value) {
        return value.multiply(gramsPerKwh);
    }
}
