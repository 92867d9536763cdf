package io.wattledger.accounting.intensity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Mean of what holds for parts of a span, each part weighing as much as it lasts. */
public final class TimeWeightedMean {
    /**
     * What holds for a part.
     *
     * @param start ms since the epoch, inclusive
     * @param end ms since the epoch, exclusive, after {@code start}
     * @param value in any unit, for example micrograms per kilowatt-hour
     */
    public record Part(long start, long end, long value) {
        public Part {
            if (end <= start) {
                throw new IllegalArgumentException("Part ends at " + end + ", not after its start " + start);
            }
        }
    }

    private TimeWeightedMean() {}

    /**
     * Sum of value × time in the span, divided by the length of the span, to the nearest unit, half to even. Empty when the
     * parts leave a gap in the span or overlap in it: then nobody knows what holds there.
     *
     * @param start ms since the epoch, inclusive
     * @param end ms since the epoch, exclusive, after {@code start}
     * @param parts in any order; what lies outside the span does not count
     */
    public static OptionalLong of(long start, long end, List<Part> parts) {
        if (end <= start) {
            throw new IllegalArgumentException("Span ends at " + end + ", not after its start " + start);
        }
        var inside = parts.stream()
                .filter(part -> part.start() < end && part.end() > start)
                .sorted(Comparator.comparingLong(Part::start))
                .toList();
        var sum = BigDecimal.ZERO;
        long covered = start;
        for (var part : inside) {
            if (Math.max(part.start(), start) != covered) {
                return OptionalLong.empty();
            }
            long until = Math.min(part.end(), end);
            sum = sum.add(BigDecimal.valueOf(part.value()).multiply(BigDecimal.valueOf(until - covered)));
            covered = until;
        }
        return covered < end
                ? OptionalLong.empty()
                : OptionalLong.of(sum.divide(BigDecimal.valueOf(end - start), 0, RoundingMode.HALF_EVEN)
                        .longValueExact());
    }
}
