/**
 * {@code wattledger replay}: recorded power, and recorded carbon intensities if there are any, through the same ledger as
 * everything else, in a namespace of their own. Everything is read and checked before the first record is sent. The name
 * of the namespace is a hash of what was read, so the same recording is accounted once, however often it is replayed.
 * Files may be large: values are kept in arrays, and samples are made while they are sent. One thread.
 */
@NullMarked
package io.wattledger.cli.replay;

import org.jspecify.annotations.NullMarked;
