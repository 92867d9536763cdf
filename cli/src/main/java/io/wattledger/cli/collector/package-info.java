/** {@code wattledger collector}: the host agent in the foreground. */
@NullMarked
package io.wattledger.cli.collector;

import org.jspecify.annotations.NullMarked;
