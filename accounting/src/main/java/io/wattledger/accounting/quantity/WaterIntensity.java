package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Water per energy in whole microlitres per kilowatt-hour. 0 is legal, negative is not. */
public record WaterIntensity(long microlitresPerKwh) {
    private static final long MICROLITRES_PER_MILLILITRE = 1000;

    public WaterIntensity {
        if (microlitresPerKwh < 0) {
            throw new IllegalArgumentException("Water per energy below 0: " + microlitresPerKwh + " µL/kWh");
        }
    }

    /** To the nearest microlitre, half to even. */
    public static WaterIntensity ofLitresPerKwh(BigDecimal litres) {
        return new WaterIntensity(
                litres.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    public static WaterIntensity ofMillilitresPerKwh(long millilitres) {
        return new WaterIntensity(Math.multiplyExact(millilitres, MICROLITRES_PER_MILLILITRE));
    }
}
