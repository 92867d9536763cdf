/**
 * The places of the ledger: electricity-grid zones and the names people have for them. A zone is found by its id ({@code
 * FR}, {@code US-CA}, {@code SE-SE3}, {@code US-CAL-CISO}), its ISO 3166 alpha-3 code, its name, or the region of a cloud
 * ({@code aws:eu-west-1}); case, accents and punctuation do not matter. A cloud region is in the zone that live values come
 * for, where that is certain, so they reach its hosts. What does not name exactly one zone is
 * refused with the nearest ones: a place is never guessed.
 */
@NullMarked
package io.wattledger.grid.zone;

import org.jspecify.annotations.NullMarked;
