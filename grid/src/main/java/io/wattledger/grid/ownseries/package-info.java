/**
 * A feed of anyone's own series: a file or the answer of an address, CSV or JSON, which is read again when it has changed.
 * Settings say what its columns or members are called, in which unit its values are and what they mean.
 *
 * <p>A {@link io.wattledger.grid.ownseries.Location} gives the content, a format turns it into rows, {@link
 * io.wattledger.grid.ownseries.RowReader} a row into an entry, and {@link io.wattledger.grid.ownseries.Timeline} the entries
 * of a zone into values with an end. A row that cannot be used is named with its line and the reason, and costs itself
 * alone unless the settings say otherwise; content that cannot be read at all leaves what was published before as it is.
 * An empty field is no value, which is something else than 0.
 */
@NullMarked
package io.wattledger.grid.ownseries;

import org.jspecify.annotations.NullMarked;
