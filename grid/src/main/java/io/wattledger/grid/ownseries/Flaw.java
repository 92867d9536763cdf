package io.wattledger.grid.ownseries;

import org.jspecify.annotations.Nullable;

/**
 * A row that cannot be used.
 *
 * @param key the zone it is of; null where that is not known
 * @param text where it stands and what is wrong with it
 */
record Flaw(@Nullable String key, String text) {}
