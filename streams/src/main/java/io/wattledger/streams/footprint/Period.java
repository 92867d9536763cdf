package io.wattledger.streams.footprint;

import java.time.YearMonth;

/**
 * When a factor holds: in a year, in one month of it, or at any time.
 *
 * @param year the year, or {@link #ANY_YEAR}
 * @param month the month from 1 to 12, or {@link #WHOLE_YEAR}
 */
record Period(int year, int month) {
    static final int ANY_YEAR = 0;
    static final int WHOLE_YEAR = 0;
    static final Period ANY = new Period(ANY_YEAR, WHOLE_YEAR);

    static Period of(int year) {
        return new Period(year, WHOLE_YEAR);
    }

    static Period of(YearMonth month) {
        return new Period(month.getYear(), month.getMonthValue());
    }

    /** {@code 2026}, {@code 2026-07}, or empty for any. */
    static Period parse(String text) {
        if (text.isEmpty()) {
            return ANY;
        }
        if (!text.matches("(19|20|21)\\d\\d(-(0[1-9]|1[0-2]))?")) {
            throw new IllegalArgumentException("not a year: '" + text
                    + "'; it must be as 2026, or 2026-07 for a month; leave it empty when it is not known");
        }
        return text.length() == 4 ? of(Integer.parseInt(text)) : of(YearMonth.parse(text));
    }

    boolean isMonth() {
        return month != WHOLE_YEAR;
    }

    @Override
    public String toString() {
        return this.equals(ANY) ? "" : isMonth() ? YearMonth.of(year, month).toString() : Integer.toString(year);
    }
}
