/**
 * The whole machine by its battery, while it runs on it: what a battery gives is what everything takes. While it is
 * charged or full it tells nothing about the machine, which is a gap. The battery is asked through OSHI, on any system.
 */
@NullMarked
package io.wattledger.collector.sensor.battery;

import org.jspecify.annotations.NullMarked;
