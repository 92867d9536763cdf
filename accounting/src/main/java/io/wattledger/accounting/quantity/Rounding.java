package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Integer arithmetic with a 128-bit intermediate product. */
public final class Rounding {
    private Rounding() {}

    /**
     * {@code a × b ÷ divisor}, the product exact and the quotient rounded once.
     *
     * @throws ArithmeticException when the result does not fit a long or the divisor is 0
     */
    public static long mulDiv(long a, long b, long divisor, RoundingMode mode) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high == low >> 63) {
            return divide(low, divisor, mode);
        }
        return new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                .divide(BigDecimal.valueOf(divisor), 0, mode)
                .longValueExact();
    }

    private static long divide(long dividend, long divisor, RoundingMode mode) {
        long quotient = dividend / divisor;
        long remainder = dividend % divisor;
        if (remainder == 0) {
            return quotient;
        }
        if (mode == RoundingMode.HALF_EVEN && dividend >= 0 && divisor > 0) {
            long rest = divisor - remainder;
            boolean up = remainder > rest || (remainder == rest && (quotient & 1) == 1);
            return up ? quotient + 1 : quotient;
        }
        return BigDecimal.valueOf(dividend)
                .divide(BigDecimal.valueOf(divisor), 0, mode)
                .longValueExact();
    }
}
