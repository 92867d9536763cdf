/**
 * Numbers that the kernel shows as files, below {@code /sys}. A file is kept open between reads. Not thread-safe; units are
 * those of the file. A read that fails is an exception, never a 0.
 */
@NullMarked
package io.wattledger.collector.sysfs;

import org.jspecify.annotations.NullMarked;
