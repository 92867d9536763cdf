package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Carbon intensity of electricity in whole micrograms CO2eq per kilowatt-hour. 0 is legal, negative is not. */
public record CarbonIntensity(long microgramsPerKwh) {
    public CarbonIntensity {
        if (microgramsPerKwh < 0) {
            throw new IllegalArgumentException("Carbon intensity below 0: " + microgramsPerKwh + " µg/kWh");
        }
    }

    /** To the nearest microgram, half to even. */
    public static CarbonIntensity ofGramsPerKwh(BigDecimal grams) {
        return new CarbonIntensity(
                grams.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    public double gramsPerKwh() {
        return microgramsPerKwh / 1e6;
    }
}
