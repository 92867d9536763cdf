/**
 * RAPL, the energy counters of Intel and AMD processors, through the kernel's powercap tree. Domains are known by their
 * name, never by their index: {@code package-*} and {@code dram} are read; {@code core} and {@code uncore} lie inside a
 * package, {@code psys} around it, and {@code intel-rapl-mmio} repeats it, so these are left out.
 */
@NullMarked
package io.wattledger.collector.sensor.rapl;

import org.jspecify.annotations.NullMarked;
