package io.wattledger.grid.entsoe;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.grid.entsoe.GenerationDocument.Direction;
import io.wattledger.grid.entsoe.GenerationDocument.Output;
import io.wattledger.grid.entsoe.GenerationDocument.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The generation of one zone, as intervals in which the output of every type is constant. Types may have different
 * resolutions; an hour of one is four intervals where another has quarters of it. Of what several documents say of a type
 * and interval the latest counts. Immutable.
 */
final class GenerationSeries {
    /**
     * The latest that is said of a type and interval.
     *
     * @param power null where what was said is withdrawn
     */
    record Known(@Nullable Power power, GenerationDocument document) {}

    private record Key(String type, Direction direction) {}

    private static final Duration DAY = Duration.ofDays(1);

    /** Starts and ends of intervals, ascending; the interval i is from bound i to bound i + 1. */
    private final Instant[] bounds;

    private final Map<Key, @Nullable Known[]> known =
            new TreeMap<>(Comparator.comparing(Key::type).thenComparing(Key::direction));

    GenerationSeries(Collection<GenerationDocument> documents) {
        bounds = documents.stream()
                .flatMap(document -> document.outputs().stream())
                .flatMap(output -> Stream.of(output.start(), output.end()))
                .distinct()
                .sorted()
                .toArray(Instant[]::new);
        documents.stream()
                .sorted(Comparator.comparing(GenerationDocument::version))
                .forEach(document -> document.outputs().forEach(output -> put(document, output)));
    }

    private void put(GenerationDocument document, Output output) {
        var row = known.computeIfAbsent(new Key(output.type(), output.direction()), key -> new Known[intervals()]);
        Arrays.fill(
                row,
                Arrays.binarySearch(bounds, output.start()),
                Arrays.binarySearch(bounds, output.end()),
                new Known(document.status() == Status.WITHDRAWN ? null : output.power(), document));
    }

    int intervals() {
        return Math.max(0, bounds.length - 1);
    }

    Instant start(int interval) {
        return bounds[interval];
    }

    Instant end(int interval) {
        return bounds[interval + 1];
    }

    /** All types that generate at some time, by their codes. */
    List<String> types() {
        return known.keySet().stream()
                .filter(key -> key.direction() == Direction.GENERATION)
                .map(Key::type)
                .toList();
    }

    /** What a type generates, or takes, in an interval; null where nothing is said of it, which is not 0. */
    @Nullable
    Known at(int interval, String type, Direction direction) {
        var row = known.get(new Key(type, direction));
        return row == null ? null : row[interval];
    }

    /** What a type generated at the same time on the day before; null where that is not known. */
    @Nullable
    Known dayBefore(int interval, String type) {
        int found = Arrays.binarySearch(bounds, bounds[interval].minus(DAY));
        int before = found >= 0 ? found : -found - 2;
        return before < 0 ? null : at(before, type, Direction.GENERATION);
    }
}
