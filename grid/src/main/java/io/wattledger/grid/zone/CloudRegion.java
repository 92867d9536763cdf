package io.wattledger.grid.zone;

/**
 * A region of a cloud and the zone whose electricity it uses.
 *
 * @param id provider and its own name of the region, for example {@code aws:eu-west-1}
 * @param place where the provider says it is
 * @param zone id of the zone
 */
public record CloudRegion(String id, String place, String zone) {
    /** {@code aws}, {@code azure} or {@code gcp}. */
    public String provider() {
        return id.substring(0, id.indexOf(':'));
    }

    /** The provider's own name of it, for example {@code eu-west-1}. */
    public String name() {
        return id.substring(id.indexOf(':') + 1);
    }
}
