package io.wattledger.accounting.footprint;

/**
 * What a market-based emission factor is. The order is the hierarchy of the GHG Protocol Scope 2 Guidance (2015, table
 * 6.3), as far as it is told apart here: the first one that is known counts, and where a contract covers a part of the energy
 * ({@link ContractCover}), the rest counts by the next one. Market-based emissions are computed from the factor as
 * location-based ones are: {@link io.wattledger.accounting.emission.EmissionFormula}.
 */
public enum MarketBasis {
    /** Of the supply contract: certificates, power purchase agreements, supplier-specific rates. */
    CONTRACT,
    /** Of what is left of the grid's mix when everything that is contracted is taken out. */
    RESIDUAL_MIX,
    /** The grid's average, where there is neither: the intensity of the location-based emissions. */
    LOCATION
}
