package io.wattledger.accounting.model;

import io.wattledger.accounting.quantity.Power;
import java.time.Duration;

/**
 * Power of memory from its installed size, in use or not: 0.392 W per gigabyte (10⁹ bytes) for the first 64, then 0.1 W.
 *
 * <p>0.392 W per GB is the mean of what two makers of memory publish (Crucial 0.375, Micron 0.408), as used by Cloud
 * Carbon Footprint (methodology, 2021 to 2025). It was derived from small modules; large ones take little more power
 * each (a registered 64 GB module about 5 to 7 W by its data sheet), hence the lower slope. The band of ±50 % is our own
 * judgement: it holds the spread between idle and busy modules and between generations.
 */
public final class RamPowerModel {
    private static final double SMALL_WATTS_PER_GB = 0.392;
    private static final double LARGE_WATTS_PER_GB = 0.1;
    private static final double SMALL_GB = 64;
    private static final double BAND = 0.5;

    private final Power power;

    /** @param bytes installed memory */
    public RamPowerModel(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("Memory below 0: " + bytes + " bytes");
        }
        double gigabytes = bytes / 1e9;
        double small = Math.min(gigabytes, SMALL_GB);
        power = Power.ofWatts(SMALL_WATTS_PER_GB * small + LARGE_WATTS_PER_GB * (gigabytes - small));
    }

    public ModelledEnergy over(Duration time) {
        return ModelledEnergy.of(power.watts(), power.watts() * BAND, time);
    }

    public Power power() {
        return power;
    }

    /** Half width of the band in per cent of the estimate. */
    public int bandPercent() {
        return (int) Math.round(100 * BAND);
    }
}
