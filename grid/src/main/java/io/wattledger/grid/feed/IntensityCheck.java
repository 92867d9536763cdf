package io.wattledger.grid.feed;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source says, or nothing where it cannot be right: null is no value, 0 is one, below 0 and above 3,000 g/kWh is
 * refused. No power plant emits as much as that: brown coal is at about 1,100 g/kWh, oil shale and the worst peat below
 * 1,500 (IPCC AR5, annex III, 2014).
 */
public final class IntensityCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IntensityCheck.class);
    private static final BigDecimal MOST_GRAMS = BigDecimal.valueOf(3_000);

    private final Map<String, Refusals> refusals = new HashMap<>();

    private record Refusals(int count, String last) {}

    /**
     * The intensity; empty where there is none, or where it is refused, which is counted and logged.
     *
     * @param key the source's own name of the zone
     * @param start start of the interval
     * @param gramsPerKwh in grams CO2eq per kilowatt-hour; null for no value
     */
    public Optional<CarbonIntensity> of(String key, Instant start, @Nullable BigDecimal gramsPerKwh) {
        if (gramsPerKwh == null) {
            return Optional.empty();
        }
        if (gramsPerKwh.signum() < 0 || gramsPerKwh.compareTo(MOST_GRAMS) > 0) {
            refuse(key, start + ": " + gramsPerKwh + " g/kWh, must be from 0 to " + MOST_GRAMS);
            return Optional.empty();
        }
        return Optional.of(CarbonIntensity.ofGramsPerKwh(gramsPerKwh));
    }

    /**
     * Counts a value that the source gave and that cannot be right.
     *
     * @param key the source's own name of the zone
     * @param what the value, of when it is, and what it must be
     */
    public void refuse(String key, String what) {
        var before = refusals.get(key);
        if (before == null || !before.last().equals(what)) {
            LOG.warn("Refused a value of {} at {}", key, what);
        }
        refusals.put(key, new Refusals(before == null ? 1 : before.count() + 1, what));
    }

    /** How many values of a zone were refused, and the last one, in words; empty for none. */
    Optional<String> refusals(String key) {
        return Optional.ofNullable(refusals.get(key))
                .map(zone -> zone.count() + " refused so far, the last at " + zone.last());
    }
}
