/** Emissions of energy. */
@NullMarked
package io.wattledger.accounting.emission;

import org.jspecify.annotations.NullMarked;
