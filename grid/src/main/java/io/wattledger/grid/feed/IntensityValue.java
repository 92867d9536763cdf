package io.wattledger.grid.feed;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one interval of a zone.
 *
 * @param start start of the interval, inclusive
 * @param end end of the interval, exclusive, after the start
 * @param intensity the carbon intensity
 * @param measured false where it is modelled or estimated and may still be replaced
 * @param method how the source says that it got the value, in its own word; null where it says nothing
 * @param version the source's stamp of this value; where it has none, the time of the request
 * @param renewableThousandths share of renewable electricity in thousandths; null where it is not told
 * @param carbonFreeThousandths share of carbon-free electricity in thousandths; null where it is not told
 */
public record IntensityValue(
        Instant start,
        Instant end,
        CarbonIntensity intensity,
        boolean measured,
        @Nullable String method,
        Instant version,
        @Nullable Integer renewableThousandths,
        @Nullable Integer carbonFreeThousandths)
        implements Interval {
    public IntensityValue {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("Interval ends at " + end + ", not after its start " + start);
        }
    }

    /** A value without shares. */
    public IntensityValue(
            Instant start,
            Instant end,
            CarbonIntensity intensity,
            boolean measured,
            @Nullable String method,
            Instant version) {
        this(start, end, intensity, measured, method, version, null, null);
    }
}
