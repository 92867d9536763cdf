package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares in whole thousandths of the whole. */
public final class Thousandths {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private Thousandths() {}

    /**
     * To the nearest thousandth, half to even.
     *
     * @param percent from 0 to 100
     */
    public static int ofPercent(BigDecimal percent) {
        if (percent.signum() < 0 || percent.compareTo(WHOLE) > 0) {
            throw new IllegalArgumentException("Share of " + percent + " %, must be from 0 to 100 %");
        }
        return percent.movePointRight(1).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    }
}
