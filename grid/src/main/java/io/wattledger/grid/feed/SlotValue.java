package io.wattledger.grid.feed;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one slot.
 *
 * @param start start of the slot
 * @param version of several parts, the newest one's
 * @param measured of several parts, whether all are
 * @param interval what it was given for; of several parts, the first one
 */
record SlotValue(
        Instant start,
        CarbonIntensity intensity,
        boolean measured,
        Instant version,
        @Nullable String method,
        IntensityValue interval,
        @Nullable Integer renewableThousandths,
        @Nullable Integer carbonFreeThousandths) {

    /** Of every slot that starts in the range and is covered. */
    static List<SlotValue> of(List<IntensityValue> values, SlotLength slots, Instant from, Instant to) {
        return SlotCover.of(values, slots, from, to).stream()
                .flatMap(cover -> of(cover).stream())
                .toList();
    }

    private static Optional<SlotValue> of(SlotCover<IntensityValue> cover) {
        var mean = cover.mean(value -> value.intensity().microgramsPerKwh());
        if (mean.isEmpty()) {
            return Optional.empty();
        }
        var parts = cover.parts();
        var methods = parts.stream()
                .map(IntensityValue::method)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
        return Optional.of(new SlotValue(
                cover.start(),
                new CarbonIntensity(mean.getAsLong()),
                parts.stream().allMatch(IntensityValue::measured),
                parts.stream()
                        .map(IntensityValue::version)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                methods.isEmpty() ? null : methods,
                parts.get(0),
                share(cover, IntensityValue::renewableThousandths),
                share(cover, IntensityValue::carbonFreeThousandths)));
    }

    private static @Nullable Integer share(
            SlotCover<IntensityValue> cover, Function<IntensityValue, @Nullable Integer> share) {
        if (cover.parts().stream().anyMatch(part -> share.apply(part) == null)) {
            return null;
        }
        long mean =
                cover.mean(part -> Objects.requireNonNull(share.apply(part))).orElseThrow();
        return Math.toIntExact(mean);
    }

    long intervalMillis() {
        return Duration.between(interval.start(), interval.end()).toMillis();
    }
}
