package io.wattledger.cli.replay;

import io.wattledger.accounting.replay.FixedPoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What the ledger takes for possible: the defaults of its own limits, so that it is told here, with the line, what would be
 * refused there.
 */
final class Plausible {
    static final long MOST_NANOWATTS = 1_000_000_000_000_000L;
    static final int WATT_DECIMALS = 9;
    private static final String MOST_WATTS = "1 MW";
    private static final long MOST_MICROGRAMS_PER_KWH = 3_000_000_000L;
    private static final int GRAM_DECIMALS = 6;
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();
    private static final Duration FUTURE = Duration.ofDays(1);

    private final long latestMeasured;

    Plausible(Instant now) {
        latestMeasured = now.plus(FUTURE).toEpochMilli();
    }

    /** The stamp of something measured, in ms since the epoch. */
    long measured(long stamp) throws BadRowException {
        if (stamp > latestMeasured) {
            throw new BadRowException("is of " + time(stamp) + ", which is yet to come");
        }
        return stamp(stamp);
    }

    private static long stamp(long stamp) throws BadRowException {
        if (stamp < EARLIEST || stamp > LATEST) {
            throw new BadRowException(
                    "is of " + time(stamp) + ", which cannot be right; stamps are milliseconds since 1970, UTC");
        }
        return stamp;
    }

    private static String time(long stamp) {
        return Instant.ofEpochMilli(stamp).toString();
    }

    /** A stamp in text, in whole milliseconds since the epoch. */
    static long stamp(String text) throws BadRowException {
        try {
            return stamp(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new BadRowException(
                    "has an epoch_ms of " + quoted(text) + ", which is not a whole number of milliseconds");
        }
    }

    /** Watts in text as nanowatts; negative ones are as they are, as some meters report faults that way. */
    static long nanowatts(String text) throws BadRowException {
        long nanowatts = number(text, WATT_DECIMALS, "watts");
        if (nanowatts > MOST_NANOWATTS) {
            throw new BadRowException(
                    "has " + text + " W, more than the " + MOST_WATTS + " that is taken for possible");
        }
        return nanowatts;
    }

    /** Grams per kilowatt-hour in text as micrograms. */
    static long microgramsPerKwh(String text) throws BadRowException {
        long micrograms = number(text, GRAM_DECIMALS, "gco2_per_kwh");
        if (micrograms < 0 || micrograms > MOST_MICROGRAMS_PER_KWH) {
            throw new BadRowException("has " + text + " g/kWh; from 0 to "
                    + BigDecimal.valueOf(MOST_MICROGRAMS_PER_KWH, GRAM_DECIMALS)
                            .stripTrailingZeros()
                            .toPlainString()
                    + " is taken for possible");
        }
        return micrograms;
    }

    private static long number(String text, int decimals, String column) throws BadRowException {
        try {
            return FixedPoint.parse(text, decimals);
        } catch (NumberFormatException e) {
            throw new BadRowException("has " + column + " of " + quoted(text) + ", which is not a number");
        } catch (ArithmeticException e) {
            throw new BadRowException("has " + column + " of " + quoted(text) + ", which is out of all range");
        }
    }

    static String quoted(String text) {
        return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    }
}
