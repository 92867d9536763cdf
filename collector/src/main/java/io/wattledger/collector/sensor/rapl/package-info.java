/**
 * RAPL, the energy counters of Intel and AMD processors, through the kernel's powercap tree. Domains are known by their
 * name, never by their index, and form a tree that is told with the readings: {@code psys}, the platform, holds the packages
 * and the memory; {@code package-*} holds {@code core} and {@code uncore}; {@code dram} lies beside its package.
 * {@code intel-rapl-mmio} repeats a package and is left out; so is a die that shows the counter of another.
 *
 * <p>Counters are in microjoules and wrap. A domain that cannot be read is missing, with all that lie in it.
 */
@NullMarked
package io.wattledger.collector.sensor.rapl;

import org.jspecify.annotations.NullMarked;
