package io.wattledger.grid.feed;

/**
 * A zone that a feed reads.
 *
 * @param key the source's own name of it
 * @param zone the name that it has on the topics
 */
public record FeedZone(String key, String zone) {
    /**
     * {@code zone}, or {@code key=zone}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static FeedZone of(String text) {
        int equals = text.indexOf('=');
        var key = (equals < 0 ? text : text.substring(0, equals)).strip();
        var zone = text.substring(equals + 1).strip();
        if (key.isEmpty() || zone.isEmpty() || zone.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/')) {
            throw new IllegalArgumentException(
                    "'" + text + "' must be ZONE or KEY=ZONE, the zone without spaces and slashes");
        }
        return new FeedZone(key, zone);
    }

    /** As {@link #of} reads it. */
    String text() {
        return key.equals(zone) ? zone : key + "=" + zone;
    }
}
