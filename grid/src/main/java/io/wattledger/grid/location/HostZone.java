package io.wattledger.grid.location;

import io.wattledger.grid.zone.Zone;
import org.jspecify.annotations.Nullable;

/**
 * The zone of this host and where it is known from.
 *
 * @param zone id of the zone, or {@link Zone#UNKNOWN}
 * @param origin where it is known from
 * @param explanation the same for people, for example {@code WATTLEDGER_ZONE=FR}; what to do where it is unknown
 * @param cloud the cloud region the host is in; null where there is none or it was not asked for
 */
public record HostZone(
        String zone,
        Origin origin,
        String explanation,
        @Nullable CloudRegion cloud) {
    /** Where a zone is known from. */
    public enum Origin {
        SETTING,
        ENVIRONMENT,
        CLOUD,
        UNKNOWN
    }

    /** Whether there is a zone at all. */
    public boolean isKnown() {
        return origin != Origin.UNKNOWN;
    }
}
