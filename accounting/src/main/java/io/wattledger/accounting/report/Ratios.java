package io.wattledger.accounting.report;

import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.accounting.quantity.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Averages, percentages and shares of totals. */
public final class Ratios {
    private static final int SHARE_DECIMALS = 3;
    private static final long WHOLE_SHARE = 1000;
    private static final int RATE_DECIMALS = 12;
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private Ratios() {}

    /**
     * The carbon intensity that a total was accounted with: the one value where it was one, else the average, which is
     * its emissions per facility energy.
     *
     * @param only the value, or null when there were several; from a small total it cannot be had back exactly
     * @return grams CO2eq per kilowatt-hour to the microgram, half to even; nothing where there is no energy
     */
    public static Optional<BigDecimal> gramsPerKwh(
            Energy facility, Emissions emissions, @Nullable CarbonIntensity only) {
        if (facility.millijoules() == 0) {
            return Optional.empty();
        }
        if (only != null) {
            return Optional.of(BigDecimal.valueOf(only.microgramsPerKwh(), 6));
        }
        long microgramsPerKwh = Rounding.mulDiv(
                emissions.micrograms(), Energy.MILLIJOULES_PER_KWH, facility.millijoules(), RoundingMode.HALF_EVEN);
        return Optional.of(BigDecimal.valueOf(microgramsPerKwh, 6));
    }

    /** The PUE that a total was accounted with, the average where it was several, to three decimals; nothing without energy. */
    public static Optional<BigDecimal> pue(Energy facility, Energy it) {
        if (it.millijoules() == 0) {
            return Optional.empty();
        }
        long thousandths = Rounding.mulDiv(facility.millijoules(), 1000, it.millijoules(), RoundingMode.HALF_EVEN);
        return Optional.of(BigDecimal.valueOf(thousandths, 3));
    }

    /** The power on average, to the nearest milliwatt, half to even; nothing where there is no time. */
    public static Optional<Power> power(Energy energy, Duration time) {
        if (time.toMillis() <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Power(Rounding.mulDiv(energy.millijoules(), 1000, time.toMillis(), RoundingMode.HALF_EVEN)));
    }

    /** Emissions in kilograms per second on average, to 12 decimals, half to even; nothing where there is no time. */
    public static Optional<BigDecimal> kilogramsPerSecond(Emissions emissions, Duration time) {
        if (time.toMillis() <= 0) {
            return Optional.empty();
        }
        var seconds = BigDecimal.valueOf(time.toMillis(), 3);
        return Optional.of(emissions.kilograms().divide(seconds, RATE_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /** Emissions of an hour at their rate on average, to the microgram, half to even; nothing where there is no time. */
    public static Optional<Emissions> perHour(Emissions emissions, Duration time) {
        if (time.toMillis() <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Emissions(
                Rounding.mulDiv(emissions.micrograms(), MILLIS_PER_HOUR, time.toMillis(), RoundingMode.HALF_EVEN)));
    }

    /** A part of a whole in percent, to one decimal, half to even; nothing where the whole is 0. */
    public static Optional<BigDecimal> percent(Energy part, Energy whole) {
        return percent(part.millijoules(), whole.millijoules());
    }

    /** The same of a time. */
    public static Optional<BigDecimal> percent(Duration part, Duration whole) {
        return percent(part.toMillis(), whole.toMillis());
    }

    private static Optional<BigDecimal> percent(long part, long whole) {
        if (whole == 0) {
            return Optional.empty();
        }
        long thousandths = Rounding.mulDiv(part, WHOLE_SHARE, whole, RoundingMode.HALF_EVEN);
        return Optional.of(BigDecimal.valueOf(thousandths, 1));
    }

    /**
     * Shares of amounts in their sum, to three decimals; they add up to exactly 1. Equal shares where all amounts are 0.
     *
     * @param amounts each at least 0
     */
    public static List<BigDecimal> shares(long... amounts) {
        if (amounts.length == 0) {
            return List.of();
        }
        return Arrays.stream(LargestRemainder.divide(WHOLE_SHARE, amounts))
                .mapToObj(thousandths -> BigDecimal.valueOf(thousandths, SHARE_DECIMALS))
                .toList();
    }
}
