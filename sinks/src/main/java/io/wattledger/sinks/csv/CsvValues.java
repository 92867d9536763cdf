package io.wattledger.sinks.csv;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Ratios;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as text: exact decimal numbers without an exponent, UTC stamps to the millisecond, empty for what is not known. */
final class CsvValues {
    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final Comparator<Map.Entry<String, Long>> BY_ENERGY =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private CsvValues() {}

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static String decimal(BigDecimal value) {
        boolean fitsALong = value.precision() <= 18 && value.scale() >= 0;
        return fitsALong
                ? decimal(value.unscaledValue().longValue(), value.scale())
                : value.stripTrailingZeros().toPlainString();
    }

    /** A whole number of parts of a unit, in that unit: 14200 with 3 decimals is 14.2. */
    static String decimal(@Nullable Long value, int decimals) {
        return value == null ? "" : decimal(value.longValue(), decimals);
    }

    /** BigDecimal would give the same, and take most of the time of a row. */
    private static String decimal(long unscaled, int scale) {
        while (scale > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        if (scale == 0) {
            return Long.toString(unscaled);
        }
        var digits = Long.toString(unscaled).substring(unscaled < 0 ? 1 : 0);
        int whole = digits.length() - scale;
        var text = new StringBuilder(digits.length() + scale).append(unscaled < 0 ? "-" : "");
        return whole > 0
                ? text.append(digits, 0, whole).append('.').append(digits, whole, digits.length()).toString()
                : text.append("0.").append("0".repeat(-whole)).append(digits).toString();
    }

    static String stamp(@Nullable Instant instant) {
        return instant == null ? "" : STAMP.format(instant);
    }

    static String kwh(@Nullable Long millijoules) {
        return millijoules == null ? "" : decimal(new Energy(millijoules).kilowattHours());
    }

    static String grams(@Nullable Long micrograms) {
        return micrograms == null ? "" : decimal(new Emissions(micrograms).grams());
    }

    static String gramsPerKwh(@Nullable Long microgramsPerKwh) {
        return decimal(microgramsPerKwh, 6);
    }

    /** Half width of an error band in percent of the energy; empty where nobody has told the error, which is not one of 0. */
    static String band(long bandMillijoules, long energyMillijoules) {
        if (bandMillijoules == 0) {
            return "";
        }
        return Ratios.percent(new Energy(bandMillijoules), new Energy(energyMillijoules))
                .map(CsvValues::decimal)
                .orElse("");
    }

    static String year(int year) {
        return year == 0 ? "" : Integer.toString(year);
    }

    /** {@code rapl=0.6;tdp-model=0.4}: each method with its share of the energy, the largest first. */
    static String methods(Map<String, Long> energyByMethod) {
        var methods = new ArrayList<>(energyByMethod.entrySet());
        methods.sort(BY_ENERGY);
        var shares =
                Ratios.shares(methods.stream().mapToLong(Map.Entry::getValue).toArray());
        var pairs = new StringJoiner(";");
        for (int i = 0; i < methods.size(); i++) {
            pairs.add(escaped(methods.get(i).getKey()) + "=" + decimal(shares.get(i)));
        }
        return pairs.toString();
    }

    static String labels(Map<String, String> labels) {
        var pairs = new StringJoiner(";");
        new TreeMap<>(labels).forEach((name, value) -> pairs.add(escaped(name) + "=" + escaped(value)));
        return pairs.toString();
    }

    static <T> String list(List<T> things, Function<T, String> value) {
        var list = new StringJoiner(";");
        things.forEach(thing -> list.add(escaped(value.apply(thing))));
        return list.toString();
    }

    /** What separates values within a field gets a backslash where it is part of a value. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(";", "\\;").replace("=", "\\=");
    }
}
