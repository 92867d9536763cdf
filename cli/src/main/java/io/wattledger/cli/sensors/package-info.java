/** {@code wattledger sensors}: what this host can measure, and for the rest why not and what would help. */
@NullMarked
package io.wattledger.cli.sensors;

import org.jspecify.annotations.NullMarked;
