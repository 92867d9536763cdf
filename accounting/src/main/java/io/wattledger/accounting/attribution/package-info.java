/**
 * Who has used the energy of a device in an interval: the runs that were active on the host, other processes, or nobody.
 * The parts add up to the energy of the device, to the millijoule, and depend on the interval alone.
 */
@NullMarked
package io.wattledger.accounting.attribution;

import org.jspecify.annotations.NullMarked;
