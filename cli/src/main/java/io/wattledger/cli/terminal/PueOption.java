package io.wattledger.cli.terminal;

import io.wattledger.accounting.quantity.Pue;
import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a PUE as people write it, such as {@code 1.2}; refuses what no site has, and more decimals than are kept. */
public final class PueOption implements ITypeConverter<Pue> {
    private static final BigDecimal HIGHEST = BigDecimal.TEN;
    private static final int DECIMALS = 3;

    @Override
    public Pue convert(String text) {
        try {
            var pue = new BigDecimal(text.strip());
            if (pue.compareTo(BigDecimal.ONE) >= 0
                    && pue.compareTo(HIGHEST) <= 0
                    && pue.stripTrailingZeros().scale() <= DECIMALS) {
                return Pue.of(pue);
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that no PUE is.
        }
        throw new TypeConversionException(
                "'" + text + "' is not a PUE, which is a number from 1 to 10 with up to three decimals");
    }
}
