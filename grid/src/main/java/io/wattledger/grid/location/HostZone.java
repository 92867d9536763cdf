package io.wattledger.grid.location;

import io.wattledger.grid.zone.Zone;
import org.jspecify.annotations.Nullable;

/**
 * The zone of this host and where it is known from.
 *
 * @param zone id of the zone, or {@link Zone#UNKNOWN}
 * @param origin where it is known from
 * @param explanation the same for people, for example {@code WATTLEDGER_ZONE=FR}; what to do where it is unknown
 * @param cloud the machine in a cloud that the zone follows from; null where it follows from something else
 */
public record HostZone(
        String zone,
        Origin origin,
        String explanation,
        @Nullable CloudInstance cloud) {
    /** Where a zone is known from. */
    public enum Origin {
        SETTING,
        ENVIRONMENT,
        CLOUD,
        KUBERNETES,
        UNKNOWN
    }

    /** Whether there is a zone at all. */
    public boolean isKnown() {
        return origin != Origin.UNKNOWN;
    }

    /** Whether somebody has set it. */
    public boolean isSet() {
        return origin == Origin.SETTING || origin == Origin.ENVIRONMENT;
    }
}
