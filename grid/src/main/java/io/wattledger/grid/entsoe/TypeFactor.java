package io.wattledger.grid.entsoe;

import io.wattledger.accounting.generation.Origin;
import io.wattledger.accounting.quantity.CarbonIntensity;
import org.jspecify.annotations.Nullable;

/**
 * What one type of plant emits.
 *
 * @param type code of the type: B01 …
 * @param intensity emissions per energy generated; null where the type is not to be counted
 * @param origin what its electricity is made of
 */
record TypeFactor(String type, @Nullable CarbonIntensity intensity, Origin origin) {}
