/**
 * What is reported beside the location-based emissions: market-based emissions, water on site and at the source of the
 * electricity, the share of the emissions embodied in hardware, and the Software Carbon Intensity. Every figure is a pure
 * function of one ledger row and the factors given, is rounded half to even once per row, and is therefore additive.
 */
@NullMarked
package io.wattledger.accounting.footprint;

import org.jspecify.annotations.NullMarked;
