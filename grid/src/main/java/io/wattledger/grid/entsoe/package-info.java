/**
 * Carbon intensity from what the ENTSO-E Transparency Platform publishes of generation: output per type of plant
 * (document A75, process A16) in megawatts, weighed by emission factors per type. The platform itself publishes no intensity.
 * The formula is in {@code accounting}; the factors are tables with source, year and licence per row, and each value names
 * the table it was made with.
 *
 * <p>The result is the average of what a zone itself produces: imports are not in it, so it is never the flow-traced
 * series. An interval in which a type is missing that was there a day before takes that day's value of it and is estimated;
 * so are values that the platform calls estimated and those too young to be settled.
 *
 * <p>An answer is read completely or not at all: a mix without one of its parts would be a wrong number, not a gap.
 */
@NullMarked
package io.wattledger.grid.entsoe;

import org.jspecify.annotations.NullMarked;
