package io.wattledger.grid.electricitymaps;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the intervals are that the service speaks of, under its own names. */
enum Granularity {
    FIVE_MINUTES("5_minutes", Duration.ofMinutes(5)),
    QUARTER_HOURS("15_minutes", Duration.ofMinutes(15)),
    HOURS("hourly", Duration.ofHours(1)),
    DAYS("daily", Duration.ofDays(1));

    private final String name;
    private final Duration length;

    Granularity(String name, Duration length) {
        this.name = name;
        this.length = length;
    }

    static Optional<Granularity> of(String name) {
        return Arrays.stream(values()).filter(one -> one.name.equals(name)).findFirst();
    }

    Duration length() {
        return length;
    }
}
