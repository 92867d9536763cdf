package io.wattledger.accounting.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Foretells the carbon intensity of a zone from its own past. How, is told by the package. */
public final class Forecaster {
    /** How far a forecast reaches from its time of issue. */
    public static final Duration HORIZON = Duration.ofHours(72);

    /** How much of the past is looked at. */
    public static final Duration HISTORY = Duration.ofDays(56);

    /** Less of the past than this tells nothing; nor does one that ended longer ago than this. */
    public static final Duration LEAST_HISTORY = Duration.ofDays(1);

    /** The share of the values to come that is to lie in the band. */
    public static final double BAND_SHARE = 0.8;

    /** Names the method and its version, for those who are shown a forecast. */
    public static final String METHOD = "own-history ridge regression, version 1";

    private Forecaster() {}

    /**
     * The slots from the first one that has not ended at {@code issued} and is not known, to the {@link #HORIZON}; none where
     * less than {@link #LEAST_HISTORY} is known, or that ended longer ago. Of {@code history} only slots that have started
     * before {@code issued} are looked at.
     */
    public static List<ForecastSlot> forecast(IntensityHistory history, Instant issued) {
        long now = issued.toEpochMilli();
        var past = lastKnown(history.between(now - HISTORY.toMillis(), now));
        var slot = past.slot();
        int day = Math.toIntExact(Duration.ofDays(1).toMillis() / slot.millis());
        var known = IntStream.range(0, past.size())
                .filter(past::isKnown)
                .mapToDouble(past::grams)
                .toArray();
        if (known.length * slot.millis() < LEAST_HISTORY.toMillis() || past.end() < now - LEAST_HISTORY.toMillis()) {
            return List.of();
        }
        var scale = ValueScale.of(known);
        var values = IntStream.range(0, past.size())
                .mapToDouble(i -> past.isKnown(i) ? scale.toScale(past.grams(i)) : Double.NaN)
                .toArray();
        var signs = new Signs(values, day / 24);
        int leads = Math.toIntExact((slot.startOf(now + HORIZON.toMillis()) - past.end()) / slot.millis());
        int ended = Math.toIntExact(Math.max(0, (slot.startOf(now) - past.end()) / slot.millis()));
        return slots(past, signs, scale, ended + 1, leads);
    }

    private static IntensityHistory lastKnown(IntensityHistory history) {
        int size = history.size();
        while (size > 0 && !history.isKnown(size - 1)) {
            size--;
        }
        return history.between(history.start(), history.startOf(size));
    }

    /** Each slot of the first hour has a fit of its own, each hour of the first day, and then each three hours. */
    private static List<ForecastSlot> slots(
            IntensityHistory past, Signs signs, ValueScale scale, int firstLead, int lastLead) {
        int hour = signs.slotsPerHour();
        var slots = new ArrayList<ForecastSlot>();
        var row = new double[Signs.COUNT];
        LeadFit fit = null;
        int fitted = 0;
        for (int lead = firstLead; lead <= lastLead; lead++) {
            if (fit == null || lead > fitted) {
                int together = lead <= hour ? 1 : lead <= 24 * hour ? hour : 3 * hour;
                fitted = (lead + together - 1) / together * together;
                fit = LeadFit.of(signs, fitted);
            }
            int target = past.size() - 1 + lead;
            signs.read(target, lead, row);
            double expected = signs.level(past.size() - 1) + fit.expected(row);
            slots.add(new ForecastSlot(
                    past.startOf(target),
                    scale.fromScale(expected),
                    scale.fromScale(expected + fit.low()),
                    scale.fromScale(expected + fit.high())));
        }
        return List.copyOf(slots);
    }
}
