/** Memory by its installed size, where no sensor measures it. */
@NullMarked
package io.wattledger.collector.sensor.rammodel;

import org.jspecify.annotations.NullMarked;
