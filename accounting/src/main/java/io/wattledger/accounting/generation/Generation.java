package io.wattledger.accounting.generation;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Power;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of plant gives in some interval.
 *
 * @param power average of what it gives less what it takes; where that is below 0 it is no generation and counts as 0
 * @param factor emissions per energy generated; null where it is not known, and for storage, which makes no electricity
 * @param origin what the electricity is made of
 */
public record Generation(Power power, @Nullable CarbonIntensity factor, Origin origin) {}
