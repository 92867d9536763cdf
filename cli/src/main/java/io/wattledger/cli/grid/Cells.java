package io.wattledger.cli.grid;

import io.wattledger.accounting.report.Readable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What stands in the tables, and the numbers of the JSON. */
final class Cells {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MICROGRAM_DECIMALS = 6;

    private Cells() {}

    /** Grams per kilowatt-hour, exactly. */
    static BigDecimal grams(long micrograms) {
        var grams = BigDecimal.valueOf(micrograms, MICROGRAM_DECIMALS).stripTrailingZeros();
        return grams.scale() < 0 ? grams.setScale(0) : grams;
    }

    static String shortGrams(long micrograms) {
        return Readable.gramsPerKwh(grams(micrograms));
    }

    /** In UTC. */
    static String time(Instant time) {
        return MINUTE.format(time);
    }

    static String length(long millis) {
        var length = Duration.ofMillis(millis);
        return length.toMinutes() % 60 == 0 ? length.toHours() + " h" : length.toMinutes() + " min";
    }

    static String year(int year) {
        return year == 0 ? "unknown" : Integer.toString(year);
    }
}
