package io.wattledger.collector.sensor;

import org.jspecify.annotations.Nullable;

/**
 * Something whose energy is known.
 *
 * @param name unique on its host: package-0, dram-0, cpu, ram …
 * @param parent the device whose energy includes that of this one, or null
 * @param component what it is
 * @param method how its energy is obtained: RAPL_POWERCAP, MODEL_CPU_LOAD …
 */
public record Device(String name, @Nullable String parent, Component component, String method) {}
