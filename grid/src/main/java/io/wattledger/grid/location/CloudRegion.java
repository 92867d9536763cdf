package io.wattledger.grid.location;

/**
 * A region of a cloud.
 *
 * @param provider {@code aws}, {@code gcp} or {@code azure}
 * @param region the provider's name of it, for example {@code eu-west-1}
 */
public record CloudRegion(String provider, String region) {
    /** As zones are named: {@code aws:eu-west-1}. */
    @Override
    public String toString() {
        return provider + ":" + region;
    }
}
