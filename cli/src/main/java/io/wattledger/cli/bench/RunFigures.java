package io.wattledger.cli.bench;

/**
 * What is known of a run.
 *
 * @param millijoules its IT energy
 * @param micrograms its emissions, CO2eq
 * @param finished whether it is told to be complete
 */
record RunFigures(long millijoules, long micrograms, boolean finished) {}
