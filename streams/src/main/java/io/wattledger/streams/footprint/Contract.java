package io.wattledger.streams.footprint;

import io.wattledger.accounting.footprint.ContractCover;
import io.wattledger.accounting.footprint.ContractCover.Instrument;
import io.wattledger.accounting.quantity.CarbonIntensity;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A supply contract in some period.
 *
 * @param cover how much of the energy its instruments cover, and with which factors
 * @param source who published the factors, by instrument where there are several or they do not cover all
 */
record Contract(ContractCover cover, String source) {
    /** @param instruments at least one; together they cover no more than all of the energy */
    static Contract of(Collection<Factor> instruments) {
        var cover = new ContractCover(instruments.stream()
                .map(factor -> new Instrument(CarbonIntensity.ofGramsPerKwh(factor.value()), factor.shareThousandths()))
                .toList());
        boolean plain = instruments.size() == 1 && cover.isWhole();
        return new Contract(
                cover,
                instruments.stream()
                        .map(plain ? Factor::source : Contract::source)
                        .collect(Collectors.joining(", ")));
    }

    private static String source(Factor factor) {
        var percent = BigDecimal.valueOf(factor.shareThousandths(), 1)
                        .stripTrailingZeros()
                        .toPlainString() + " % ";
        return percent + (factor.instrument().isEmpty() ? "" : factor.instrument() + ": ") + factor.source();
    }
}
