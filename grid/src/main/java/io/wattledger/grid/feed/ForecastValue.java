package io.wattledger.grid.feed;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Instant;

/**
 * What is expected of one interval.
 *
 * @param start start of the interval, inclusive
 * @param end end of the interval, exclusive, after the start
 * @param intensity the expected carbon intensity
 * @param low lower end of the source's band; the expected value where it gives none
 * @param high upper end of the source's band; the expected value where it gives none
 */
public record ForecastValue(
        Instant start, Instant end, CarbonIntensity intensity, CarbonIntensity low, CarbonIntensity high)
        implements Interval {
    public ForecastValue {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("Interval ends at " + end + ", not after its start " + start);
        }
    }

    /** A value without a band. */
    public ForecastValue(Instant start, Instant end, CarbonIntensity intensity) {
        this(start, end, intensity, intensity, intensity);
    }
}
