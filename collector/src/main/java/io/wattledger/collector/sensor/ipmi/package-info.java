/**
 * The power of the whole machine as its management controller measures it, through the DCMI command Get Power Reading of
 * IPMI. The local device is asked by one of the two usual tools, {@code ipmitool} or FreeIPMI's {@code ipmi-dcmi}; what they
 * print is parsed apart from running them.
 *
 * <p>Whole watts, which the controller refreshes every second at best. An answer takes 10 to 100 ms and now and then
 * seconds, and the controller has other things to do: read it every ten seconds or more rarely, and not on a thread that
 * others wait for. In an enclosure with several machines it may be that of all of them.
 */
@NullMarked
package io.wattledger.collector.sensor.ipmi;

import org.jspecify.annotations.NullMarked;
