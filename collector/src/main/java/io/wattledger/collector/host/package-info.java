/**
 * The host itself: its clocks and CPU time, its processors, memory and name. On Linux everything comes from {@code /proc},
 * which costs microseconds; elsewhere from OSHI.
 */
@NullMarked
package io.wattledger.collector.host;

import org.jspecify.annotations.NullMarked;
