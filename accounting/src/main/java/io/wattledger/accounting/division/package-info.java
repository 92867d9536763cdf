/**
 * Exact division of whole quantities: over slots of time, and by weights. The parts of a division add up to the whole,
 * always, and depend on the arguments alone, so that the order in which samples arrive cannot matter.
 */
@NullMarked
package io.wattledger.accounting.division;

import org.jspecify.annotations.NullMarked;
