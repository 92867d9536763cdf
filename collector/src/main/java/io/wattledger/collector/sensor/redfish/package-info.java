/**
 * The power of the whole host as its management controller tells it, by Redfish over HTTPS. Slow (0.2 to 5 s) and coarse;
 * to be read in the background. Certificates are always verified: by the JDK's authorities, one's own, or a fingerprint.
 * One session is kept and used again, since controllers have few.
 */
@NullMarked
package io.wattledger.collector.sensor.redfish;

import org.jspecify.annotations.NullMarked;
