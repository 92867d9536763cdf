package io.wattledger.accounting.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A part of a whole of the same unit.
 *
 * @param part at least 0, at most the whole
 */
public record Share(long part, long whole) {
    private static final int DECIMALS = 12;

    /** To 12 decimals, half to even, without trailing zeros; nothing where the whole is 0. */
    public Optional<BigDecimal> value() {
        if (whole == 0) {
            return Optional.empty();
        }
        var value = BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.HALF_EVEN);
        return Optional.of(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
    }
}
