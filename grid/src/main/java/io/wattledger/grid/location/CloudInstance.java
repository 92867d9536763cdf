package io.wattledger.grid.location;

import org.jspecify.annotations.Nullable;

/**
 * A machine in a cloud.
 *
 * @param provider {@code aws}, {@code azure} or {@code gcp}
 * @param region the provider's name of its region, for example {@code eu-west-1}
 * @param type the provider's name of what it is, for example {@code m7i.large}; null where that is not known
 */
public record CloudInstance(
        String provider, String region, @Nullable String type) {
    /** The region as zones are named: {@code aws:eu-west-1}. */
    public String regionId() {
        return provider + ":" + region;
    }
}
