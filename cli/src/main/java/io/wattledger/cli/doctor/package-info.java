/**
 * {@code wattledger doctor}: what keeps this host from being measured and its samples from being sent, each with the commands
 * that mend it. It changes nothing.
 */
@NullMarked
package io.wattledger.cli.doctor;

import org.jspecify.annotations.NullMarked;
