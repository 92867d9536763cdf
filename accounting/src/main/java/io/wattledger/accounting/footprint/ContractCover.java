package io.wattledger.accounting.footprint;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a supply contract covers of the energy used under it: certificates, power purchase agreements and rates of the
 * supplier each cover a part, and the rest counts by the next step of {@link MarketBasis} (GHG Protocol Scope 2 Guidance,
 * 2015, table 6.3 and chapter 7).
 *
 * @param instruments at least one; together they cover no more than all
 */
public record ContractCover(List<Instrument> instruments) {
    private static final int WHOLE = 1000;

    /**
     * One instrument.
     *
     * @param intensity emissions per energy that it is for
     * @param thousandths part of the energy that it covers, from 1 to 1000
     */
    public record Instrument(CarbonIntensity intensity, int thousandths) {
        public Instrument {
            if (thousandths < 1 || thousandths > WHOLE) {
                throw new IllegalArgumentException("Not a share of the energy: " + thousandths + " thousandths");
            }
        }
    }

    public ContractCover {
        instruments = List.copyOf(instruments);
        if (instruments.isEmpty() || sum(instruments) > WHOLE) {
            throw new IllegalArgumentException(
                    "A contract has instruments that cover no more than all of the energy; these are " + instruments);
        }
    }

    private static int sum(List<Instrument> instruments) {
        return instruments.stream().mapToInt(Instrument::thousandths).sum();
    }

    /** Whether nothing is left to the next step. */
    public boolean isWhole() {
        return sum(instruments) == WHOLE;
    }

    /**
     * Emissions per energy where all of it is covered, to the nearest microgram, half to even.
     *
     * @throws IllegalStateException when it is not
     */
    public CarbonIntensity intensity() {
        if (!isWhole()) {
            throw new IllegalStateException("The contract covers " + sum(instruments) + " thousandths, not all");
        }
        return with(new CarbonIntensity(0));
    }

    /** Emissions per energy of what is covered and the rest together, to the nearest microgram, half to even. */
    public CarbonIntensity with(CarbonIntensity rest) {
        var weighted = weighted(rest, WHOLE - sum(instruments));
        for (var instrument : instruments) {
            weighted = weighted.add(weighted(instrument.intensity(), instrument.thousandths()));
        }
        return new CarbonIntensity(
                weighted.movePointLeft(3).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    private static BigDecimal weighted(CarbonIntensity intensity, int thousandths) {
        return BigDecimal.valueOf(intensity.microgramsPerKwh()).multiply(BigDecimal.valueOf(thousandths));
    }

    /** How much of the energy is covered, to the nearest millijoule, half to even. */
    public Energy coveredOf(Energy whole) {
        return new Energy(Rounding.mulDiv(whole.millijoules(), sum(instruments), WHOLE, RoundingMode.HALF_EVEN));
    }
}
