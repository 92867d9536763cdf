/**
 * Forecasts for every zone with live data.
 *
 * <p>Intensities of the last eight weeks come here by series and zone, all of a zone to one task, and are kept slot by slot
 * in a store; of two values of a slot the greater (rung, version) stays, as in the ledger. When new ones have come, a
 * forecast is made of them ({@link io.wattledger.accounting.forecast.Forecaster}) and published as a series of its own.
 *
 * <p>Which zones are due is not kept: after a start all of them are, so a forecast is published once more rather than not
 * at all. It is made in a few milliseconds, and no more than a few of them at a time, as the thread has other work.
 */
@NullMarked
package io.wattledger.streams.forecast;

import org.jspecify.annotations.NullMarked;
