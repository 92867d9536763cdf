/**
 * Power and energy that drivers show below {@code /sys/class/hwmon}: cards of AMD and Intel, meters of a whole machine, of
 * its sockets or of its rails. A chip is known by the name of its driver and the path of its device; the number in
 * {@code hwmonX} changes from boot to boot and says nothing.
 *
 * <p>Files hold µW, µJ, mV and mA. A chip that is switched off or does not answer is missing, not at 0; a card that is
 * suspended is not read, because that would wake it.
 */
@NullMarked
package io.wattledger.collector.sensor.hwmon;

import org.jspecify.annotations.NullMarked;
