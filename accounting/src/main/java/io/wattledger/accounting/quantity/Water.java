package io.wattledger.accounting.quantity;

import java.math.BigDecimal;

/** Water in whole microlitres. */
public record Water(long microlitres) {
    public BigDecimal litres() {
        return BigDecimal.valueOf(microlitres, 6);
    }
}
