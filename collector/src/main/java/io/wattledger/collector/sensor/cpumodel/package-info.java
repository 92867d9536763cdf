/**
 * Processors by their thermal design power and load, where no sensor measures them. The table of thermal design powers is
 * a resource of this package; its header names its source and licence. What was matched, and how a virtual machine's part
 * of a package was reckoned, is always said.
 */
@NullMarked
package io.wattledger.collector.sensor.cpumodel;

import org.jspecify.annotations.NullMarked;
