package io.wattledger.streams.totals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A UTC day, as the keys of daily totals name it: {@code 2026-11-22/project/zone}. */
final class Day {
    /** Comes behind the separator, so that a day and this are behind every key of that day. */
    static final String BEHIND = "0";

    private static final int LENGTH = "yyyy-MM-dd".length();

    private Day() {}

    static Instant startOf(String key) {
        return LocalDate.parse(key.substring(0, LENGTH))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    static Instant endOf(String key) {
        return startOf(key).plus(Duration.ofDays(1));
    }
}
