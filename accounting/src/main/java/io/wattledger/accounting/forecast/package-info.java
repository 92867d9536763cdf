/**
 * The carbon intensity of the next days, foretold from its own past.
 *
 * <p>Intensity has a daily and a weekly rhythm, and what disturbs it (wind, a power station that is off) lasts for some
 * time. So {@link io.wattledger.accounting.forecast.Forecaster} takes the values of the same hour yesterday, in the last
 * week and on that day of the week, and how far the present is away from what is usual; how much each of these counts
 * is fitted on the zone's own last eight weeks, for each lead on its own, by ridge regression. The band comes from the
 * errors that the fit makes in weeks it has not seen. {@link io.wattledger.accounting.forecast.RollingOrigin} tells how
 * good that is on a recorded series.
 *
 * <p>Intensities in whole micrograms CO2eq per kWh, times in ms since the epoch. Pure and deterministic: the time of
 * issue comes from outside, and nothing that lies after it is looked at.
 */
@NullMarked
package io.wattledger.accounting.forecast;

import org.jspecify.annotations.NullMarked;
