/** Which carbon intensity a slot gets: live measured, live estimated, annual of the zone, of a zone around it, of the world. */
@NullMarked
package io.wattledger.accounting.intensity;

import org.jspecify.annotations.NullMarked;
