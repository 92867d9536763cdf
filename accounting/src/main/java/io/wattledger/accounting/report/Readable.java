package io.wattledger.accounting.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Water;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Quantities as people read them: three significant digits and the unit that suits the size. */
public final class Readable {
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    /** A unit and how many of the smallest unit it is. */
    private record Unit(String name, long size) {}

    private static final Unit[] ENERGY = {
        new Unit("Wh", Energy.MILLIJOULES_PER_KWH / 1000),
        new Unit("kWh", Energy.MILLIJOULES_PER_KWH),
        new Unit("MWh", Energy.MILLIJOULES_PER_KWH * 1000)
    };
    private static final Unit[] EMISSIONS = {
        new Unit("µg", 1),
        new Unit("mg", 1_000),
        new Unit("g", 1_000_000),
        new Unit("kg", 1_000_000_000),
        new Unit("t", 1_000_000_000_000L)
    };

    private static final Unit[] WATER = {
        new Unit("µl", 1), new Unit("ml", 1_000), new Unit("l", 1_000_000), new Unit("m³", 1_000_000_000)
    };

    private Readable() {}

    /** For example {@code 0.081 Wh} or {@code 12.4 kWh}. */
    public static String energy(Energy energy) {
        return inUnit(energy.millijoules(), fitting(energy.millijoules(), ENERGY));
    }

    /** A part of an energy, in the unit that the whole is shown in, without the unit. */
    public static String part(Energy part, Energy whole) {
        return number(part.millijoules(), fitting(whole.millijoules(), ENERGY));
    }

    /** For example {@code 4.6 mg CO2eq}. */
    public static String emissions(Emissions emissions) {
        return inUnit(emissions.micrograms(), fitting(emissions.micrograms(), EMISSIONS)) + " CO2eq";
    }

    /** For example {@code 3.2 ml}. */
    public static String water(Water water) {
        return inUnit(water.microlitres(), fitting(water.microlitres(), WATER));
    }

    /** Grams per kilowatt-hour, for example {@code 56} or {@code 4.75}. */
    public static String gramsPerKwh(BigDecimal grams) {
        return plain(grams);
    }

    /** For example {@code 0.8 s}, {@code 14.2 s}, {@code 12 min 3 s}, {@code 3 h 20 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    private static Unit fitting(long amount, Unit[] units) {
        var fitting = units[0];
        for (var unit : units) {
            if (Math.abs(amount) >= unit.size()) {
                fitting = unit;
            }
        }
        return fitting;
    }

    private static String inUnit(long amount, Unit unit) {
        return number(amount, unit) + " " + unit.name();
    }

    private static String number(long amount, Unit unit) {
        return plain(BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(unit.size()), MathContext.DECIMAL64));
    }

    private static String plain(BigDecimal number) {
        var rounded = number.round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
