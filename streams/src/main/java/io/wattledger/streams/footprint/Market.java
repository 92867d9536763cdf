package io.wattledger.streams.footprint;

import io.wattledger.accounting.footprint.MarketBasis;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import org.jspecify.annotations.Nullable;

/**
 * What the energy of a row is multiplied by for its market-based emissions: the hierarchy of {@link MarketBasis}, where a
 * contract that covers a part leaves the rest to the next step.
 *
 * @param contract the contract, or null where there is none
 * @param restBasis what the energy counts by that no contract covers; null where one covers all
 * @param year year of the factor, or 0 where that is not said
 */
record Market(
        @Nullable Contract contract,
        @Nullable MarketBasis restBasis,
        CarbonIntensity intensity,
        int year,
        String source) {
    private static final int NO_YEAR = 0;
    private static final String NO_SOURCE = "";

    /**
     * Null where nothing is known.
     *
     * @param year of the row
     */
    static @Nullable Market of(RowFactors factors, @Nullable Long locationMicrogramsPerKwh, int year) {
        var contract = factors.contract();
        if (contract != null && contract.cover().isWhole()) {
            return new Market(contract, null, contract.cover().intensity(), year, contract.source());
        }
        var rest = rest(factors, locationMicrogramsPerKwh);
        if (contract == null || rest == null) {
            return rest;
        }
        var source = rest.source().isEmpty() ? contract.source() : contract.source() + ", rest: " + rest.source();
        return new Market(contract, rest.restBasis(), contract.cover().with(rest.intensity()), year, source);
    }

    private static @Nullable Market rest(RowFactors factors, @Nullable Long locationMicrogramsPerKwh) {
        var residual = factors.residual();
        if (residual != null) {
            return new Market(null, MarketBasis.RESIDUAL_MIX, residual.intensity(), residual.year(), residual.source());
        }
        return locationMicrogramsPerKwh == null
                ? null
                : new Market(
                        null, MarketBasis.LOCATION, new CarbonIntensity(locationMicrogramsPerKwh), NO_YEAR, NO_SOURCE);
    }

    /** As rows name it: {@code CONTRACT}, {@code RESIDUAL_MIX}, or both joined by a plus where a contract covers a part. */
    String basis() {
        if (contract == null) {
            return String.valueOf(restBasis);
        }
        return restBasis == null ? MarketBasis.CONTRACT.name() : MarketBasis.CONTRACT + "+" + restBasis;
    }

    /** How much of the energy counts by the contract. */
    Energy byContract(Energy facility) {
        return contract == null ? Energy.ZERO : contract.cover().coveredOf(facility);
    }

    /** How much of the energy counts by the basis that takes the rest; with that by contract it is all of it. */
    Energy by(MarketBasis rest, Energy facility) {
        return restBasis == rest ? facility.minus(byContract(facility)) : Energy.ZERO;
    }
}
