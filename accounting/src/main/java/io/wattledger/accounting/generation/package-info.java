/**
 * Carbon intensity of the electricity that a zone generates, from the output of each kind of plant: Σ (power × factor)
 * ÷ Σ power, in whole micrograms per kilowatt-hour. It is production-based: what flows over the borders is not in it.
 *
 * <p>Storage (pumped hydro, batteries) makes no electricity, it moves it. It has no factor and is not counted, neither when
 * it gives nor when it takes; so what it gives has the intensity of the mix of that time. The same holds for anything else
 * whose factor is not known.
 */
@NullMarked
package io.wattledger.accounting.generation;

import org.jspecify.annotations.NullMarked;
