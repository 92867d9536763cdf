/** The power that is there when nothing runs. */
@NullMarked
package io.wattledger.accounting.idle;

import org.jspecify.annotations.NullMarked;
