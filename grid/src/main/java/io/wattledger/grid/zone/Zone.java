package io.wattledger.grid.zone;

import org.jspecify.annotations.Nullable;

/**
 * An electricity-grid zone.
 *
 * @param id for example {@code FR} or {@code US-CA}
 * @param name its name for people
 * @param parent id of the zone that includes it; null for the world
 */
public record Zone(String id, String name, @Nullable String parent) {
    /** Id of the zone that includes all others. */
    public static final String WORLD = "WORLD";

    /** Stands for the zone of a host whose place was not given. */
    public static final String UNKNOWN = "unknown";

    @Override
    public String toString() {
        return id + " (" + name + ")";
    }
}
