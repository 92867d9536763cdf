package io.wattledger.accounting.generation;

/** What electricity is made of, as far as shares of the mix tell it apart. */
public enum Origin {
    /** Wind, sun, water, heat of the earth, biomass. */
    RENEWABLE,
    NUCLEAR,
    /** Fossil fuels, waste, and what nobody has named. */
    OTHER;

    /** Free of carbon as the term is used of shares: all that is renewable, biomass too, and nuclear. */
    public boolean carbonFree() {
        return this != OTHER;
    }
}
