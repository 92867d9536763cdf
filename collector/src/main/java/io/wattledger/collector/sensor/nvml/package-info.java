/**
 * NVIDIA GPUs through NVML, the library that comes with their driver, called by JNA. It is loaded when the sensor is
 * probed and held until it is closed, which also keeps the driver, and with it the energy counters, from starting anew
 * between two reads.
 *
 * <p>One device per board, {@code gpu-N} with the index of NVML (that of {@code nvidia-smi}). Its energy is, in this order:
 * the driver's energy counter, its power, or a model of TDP and utilisation. All are of the board alone; the module of a
 * Grace-Hopper, which holds the processor too, is never read.
 *
 * <p>Instances of a board in MIG mode have no energy of their own: the board is measured, and what processes have used
 * tells its energy apart. Process ids are those of the host: in a container with process ids of its own they match nothing.
 */
@NullMarked
package io.wattledger.collector.sensor.nvml;

import org.jspecify.annotations.NullMarked;
