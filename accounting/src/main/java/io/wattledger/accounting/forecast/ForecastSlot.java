package io.wattledger.accounting.forecast;

import io.wattledger.accounting.quantity.CarbonIntensity;

/**
 * One slot of a forecast.
 *
 * @param start ms since the epoch
 * @param expected what lies in the middle of what may come: more and less are equally likely
 * @param low lower end of the band
 * @param high upper end of the band
 */
public record ForecastSlot(long start, CarbonIntensity expected, CarbonIntensity low, CarbonIntensity high) {}
