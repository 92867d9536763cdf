/** Devices whose power somebody knows and has written down, for what nothing measures: a disk shelf, a switch, a whole host. */
@NullMarked
package io.wattledger.collector.sensor.constant;

import org.jspecify.annotations.NullMarked;
