/** The {@code collector} command: the host agent as a process that stays. */
@NullMarked
package io.wattledger.cli.collector;

import org.jspecify.annotations.NullMarked;
