package io.wattledger.accounting.forecast;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.util.Arrays;

/**
 * The scale forecasts are made on: the logarithm of the intensity plus a tenth of the median. On it a step up of a fifth
 * weighs as much at 30 g/kWh as at 300, bands are wider upwards and do not reach below 0, and 0 is a value like others.
 *
 * <p>Values that cannot be taken at their word are brought back to a limit: beyond the 1st and 99th percentile, as far
 * away from it as these are from each other (at least half the median). So a wrong value does not upset the fit, and one
 * in a hundred may be as high as it likes.
 */
record ValueScale(double offset, double least, double most) {
    private static final double OFFSET_SHARE = 0.1;
    private static final double TAIL = 0.01;

    /** @param grams known values in g/kWh, at least one; sorted by this */
    static ValueScale of(double[] grams) {
        Arrays.sort(grams);
        double median = Quantiles.of(grams, 0.5);
        double low = Quantiles.of(grams, TAIL);
        double high = Quantiles.of(grams, 1 - TAIL);
        double margin = Math.max(high - low, median / 2);
        double offset = median > 0 ? OFFSET_SHARE * median : 1;
        return new ValueScale(offset, Math.max(0, low - margin), high + margin);
    }

    double toScale(double grams) {
        return Math.log(Math.max(least, Math.min(most, grams)) + offset);
    }

    CarbonIntensity fromScale(double value) {
        double grams = Math.exp(value) - offset;
        return new CarbonIntensity(Math.round(Math.max(least, Math.min(most, grams)) * 1e6));
    }
}
