/**
 * Recorded power made into energy. A recording is a list of values, each of which holds from its stamp to the next one of
 * the same device; devices are added up, and the energy of any interval is exact: whole millijoules of the cumulative
 * value, so that intervals add up to the whole to the last one. Nanowatts and milliseconds in, millijoules out; long
 * arithmetic only. Not thread-safe while it is built; pure afterwards.
 */
@NullMarked
package io.wattledger.accounting.replay;

import org.jspecify.annotations.NullMarked;
