package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares of a whole in whole thousandths, as records have them. */
public final class Thousandths {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private Thousandths() {}

    /**
     * To the nearest thousandth, half to even.
     *
     * @throws IllegalArgumentException below 0 or above 100 percent
     */
    public static int ofPercent(BigDecimal percent) {
        if (percent.signum() < 0 || percent.compareTo(WHOLE) > 0) {
            throw new IllegalArgumentException("Not a share: " + percent + " %");
        }
        return percent.movePointRight(1).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    }
}
