package io.wattledger.accounting.footprint;

import java.math.BigDecimal;

/** Water in whole microlitres. */
public record Water(long microlitres) {
    public BigDecimal litres() {
        return BigDecimal.valueOf(microlitres, 6);
    }
}
