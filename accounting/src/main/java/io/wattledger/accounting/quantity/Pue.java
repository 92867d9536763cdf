package io.wattledger.accounting.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Power usage effectiveness in thousandths: energy of the site per energy of its IT equipment, at least 1. */
public record Pue(int thousandths) {
    public static final Pue ONE = new Pue(1000);

    public Pue {
        if (thousandths < 1000) {
            throw new IllegalArgumentException("PUE below 1: " + BigDecimal.valueOf(thousandths, 3));
        }
    }

    /** The nearest thousandth. */
    public static Pue of(BigDecimal pue) {
        return new Pue(pue.movePointRight(3).setScale(0, RoundingMode.HALF_EVEN).intValueExact());
    }

    /** IT energy times PUE, rounded half to even. */
    public Energy facility(Energy it) {
        return new Energy(Rounding.mulDiv(it.millijoules(), thousandths, 1000, RoundingMode.HALF_EVEN));
    }
}
