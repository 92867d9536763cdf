/**
 * Feed of the Carbon Intensity API of Great Britain's system operator (NESO), which is free, needs no key and is licensed
 * CC BY 4.0: half hours of the nation ({@code GB}), of the 14 regions of its distribution networks ({@code GB-1} to
 * {@code GB-14}) and of England, Scotland and Wales ({@code GB-15} to {@code GB-17}). The factors are of power plants alone,
 * so its series is {@code average-direct}.
 *
 * <p>The nation has an actual value about an hour after the fact, until then the forecast stands in as an estimate. Regions
 * have no actual values: theirs stay estimates. The service gives no versions; the time of the request is the version, and a
 * value that has not changed is not published again.
 */
@NullMarked
package io.wattledger.grid.ukcarbonintensity;

import org.jspecify.annotations.NullMarked;
