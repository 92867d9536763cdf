package io.wattledger.grid.feed;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What was published last for a slot; as text it is part of a source offset. */
record Published(boolean measured, CarbonIntensity intensity, Instant version) {
    private static final String MEASURED = "measured";
    private static final String ESTIMATED = "estimated";

    static Published of(SlotValue value) {
        return new Published(value.measured(), value.intensity(), value.version());
    }

    /** Empty when the text is not ours: an offset can be changed by hand. */
    static Optional<Published> parse(String text) {
        var parts = text.split(" ");
        if (parts.length != 3 || !(parts[0].equals(MEASURED) || parts[0].equals(ESTIMATED))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Published(
                    parts[0].equals(MEASURED), new CarbonIntensity(Long.parseLong(parts[1])), Instant.parse(parts[2])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    String text() {
        return (measured ? MEASURED : ESTIMATED) + " " + intensity.microgramsPerKwh() + " " + version;
    }

    /** Whether it is to be replaced: by what is measured where it is estimated, or as good, newer and different. */
    boolean givesWayTo(SlotValue value) {
        if (measured != value.measured()) {
            return value.measured();
        }
        return value.version().isAfter(version) && !value.intensity().equals(intensity);
    }
}
