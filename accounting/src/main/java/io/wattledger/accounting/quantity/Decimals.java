package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers for people and files. */
final class Decimals {
    private static final int SCALE = 12;

    private Decimals() {}

    /** The quotient to 12 decimals, without trailing zeros. */
    static BigDecimal quotient(long dividend, long divisor) {
        var quotient = BigDecimal.valueOf(dividend).divide(BigDecimal.valueOf(divisor), SCALE, RoundingMode.HALF_EVEN);
        return quotient.signum() == 0 ? BigDecimal.ZERO : quotient.stripTrailingZeros();
    }
}
