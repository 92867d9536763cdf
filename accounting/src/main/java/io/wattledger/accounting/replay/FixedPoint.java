package io.wattledger.accounting.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers in text as whole numbers of a small unit, without a detour over binary fractions. */
public final class FixedPoint {
    /** So many digits fit a long, whichever they are. */
    private static final int SAFE_DIGITS = 18;

    private static final int LONGEST_TEXT = 64;
    private static final int DIGITS_OF_A_LONG = 19;

    private FixedPoint() {}

    /**
     * The number times 10<sup>decimals</sup>, rounded half to even. Exponents are understood; NaN and infinity are not
     * numbers.
     *
     * @throws NumberFormatException when the text is no decimal number
     * @throws ArithmeticException when the result does not fit a long
     */
    public static long parse(String text, int decimals) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        long digits = 0;
        int count = 0;
        int point = -1;
        for (int i = negative ? 1 : 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && count < SAFE_DIGITS) {
                digits = 10 * digits + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = count;
            } else {
                return parseAny(text, decimals);
            }
        }
        int scale = decimals - (point < 0 ? 0 : count - point);
        if (count == 0 || scale < 0 || count + scale > SAFE_DIGITS) {
            return parseAny(text, decimals);
        }
        for (; scale > 0; scale--) {
            digits *= 10;
        }
        return negative ? -digits : digits;
    }

    private static long parseAny(String text, int decimals) {
        if (text.length() > LONGEST_TEXT) {
            throw new NumberFormatException("longer than any number");
        }
        var number = new BigDecimal(text);
        // Judged by its exponent first: 1e999999999 written out would fill the memory.
        long wholeDigits = (long) number.precision() - number.scale() + decimals;
        if (number.signum() == 0 || wholeDigits < 0) {
            return 0;
        }
        if (wholeDigits > DIGITS_OF_A_LONG) {
            throw new ArithmeticException(text + " is out of range");
        }
        return number.movePointRight(decimals)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
