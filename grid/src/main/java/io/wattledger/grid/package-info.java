/** What every connector of this module tells: the version of the build. */
@NullMarked
package io.wattledger.grid;

import org.jspecify.annotations.NullMarked;
