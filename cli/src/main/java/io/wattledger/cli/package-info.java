/**
 * The {@code wattledger} command: reads the command line, calls the feature, turns its outcome into an exit code (0
 * fine, 1 failed, 2 wrong usage or configuration) and one line of text.
 */
@NullMarked
package io.wattledger.cli;

import org.jspecify.annotations.NullMarked;
