package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.IntensityValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one zone in the order of time. Of those with the same start the one with the later version is used, of
 * equal versions the one that comes later. A value holds to its own end; where its row tells none, for the usual interval;
 * and never beyond the start of the next entry.
 */
final class Timeline {
    private final Duration interval;
    private final TreeMap<Instant, Entry> entries = new TreeMap<>();

    /**
     * @param interval the usual interval; 0 where a value holds until the next entry, and the last has no end and is not
     *     given
     */
    Timeline(Duration interval) {
        this.interval = interval;
    }

    void add(Entry entry) {
        entries.merge(entry.start(), entry, (before, now) -> now.version().isBefore(before.version()) ? before : now);
    }

    /**
     * The values whose interval overlaps a range.
     *
     * @param from inclusive
     * @param to exclusive
     */
    List<IntensityValue> between(Instant from, Instant to) {
        var values = new ArrayList<IntensityValue>();
        var first = entries.floorKey(from);
        for (var entry = entries.ceilingEntry(first == null ? from : first);
                entry != null && entry.getKey().isBefore(to);
                entry = entries.higherEntry(entry.getKey())) {
            var value = value(entry.getValue());
            if (value != null && value.end().isAfter(from)) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable IntensityValue value(Entry entry) {
        var value = entry.value();
        var end = end(entry);
        if (value == null || end == null) {
            return null;
        }
        return new IntensityValue(
                entry.start(),
                end,
                value.intensity(),
                value.measured(),
                value.method(),
                entry.version(),
                value.renewableThousandths(),
                value.carbonFreeThousandths());
    }

    private @Nullable Instant end(Entry entry) {
        var next = entries.higherKey(entry.start());
        var own = entry.end();
        if (own == null && !interval.isZero()) {
            own = entry.start().plus(interval);
        }
        return own == null || (next != null && next.isBefore(own)) ? next : own;
    }
}
