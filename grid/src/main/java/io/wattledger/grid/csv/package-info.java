/** Reads files of comma-separated values, for all features that have tables. */
@NullMarked
package io.wattledger.grid.csv;

import org.jspecify.annotations.NullMarked;
