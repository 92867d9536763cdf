package io.wattledger.cli.replay;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Stamps in the local time of some place, as they follow one another in a log. The hour that comes twice when daylight
 * saving ends is told apart by the order of the lines.
 */
final class LocalTimes {
    /** Lines of several devices may be out of order by this much; going back farther is the clock being set back. */
    private static final long DISORDER = Duration.ofMinutes(10).toMillis();

    private final ZoneId zone;
    private long before = Long.MIN_VALUE / 2;

    LocalTimes(ZoneId zone) {
        this.zone = zone;
    }

    /** ms since the epoch. */
    long millis(LocalDateTime local) throws BadRowException {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new BadRowException("is of " + local + ", which no clock in " + zone
                    + " has shown, as daylight saving began; check --time-zone");
        }
        long millis = local.toInstant(offsets.get(0)).toEpochMilli();
        if (offsets.size() > 1 && millis < before - DISORDER) {
            millis = local.toInstant(offsets.get(1)).toEpochMilli();
        }
        before = millis;
        return millis;
    }
}
