/**
 * Typed quantities. Whole numbers inside, so that sums are associative and parts add up to totals: millijoules,
 * milliwatts, micrograms CO2eq, micrograms CO2eq per kilowatt-hour, thousandths of PUE. Conversion to the units that
 * people read happens only at the edge, by the methods here that return a {@code double} or a {@code BigDecimal}.
 * Immutable; arithmetic that would overflow throws {@link java.lang.ArithmeticException}.
 */
@NullMarked
package io.wattledger.accounting.quantity;

import org.jspecify.annotations.NullMarked;
