package io.wattledger.grid.feed;

import static java.util.Comparator.comparing;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.intensity.TimeWeightedMean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The intervals of a source that say what holds for one slot: the shortest one that covers it, otherwise all in it.
 *
 * @param start start of the slot
 * @param parts in the order of time
 */
record SlotCover<T extends Interval>(Instant start, Instant end, List<T> parts) {
    /** Those of all slots that start in the range and that an interval touches, in the order of time. */
    static <T extends Interval> List<SlotCover<T>> of(List<T> intervals, SlotLength slots, Instant from, Instant to) {
        var bySlot = new TreeMap<Long, List<T>>();
        for (var interval : intervals) {
            long first = Math.max(interval.start().toEpochMilli(), from.toEpochMilli());
            long end = Math.min(interval.end().toEpochMilli(), to.toEpochMilli());
            for (long slot = slots.startOf(first); slot < end; slot += slots.millis()) {
                if (slot >= from.toEpochMilli()) {
                    bySlot.computeIfAbsent(slot, at -> new ArrayList<>()).add(interval);
                }
            }
        }
        return bySlot.entrySet().stream()
                .map(slot -> cover(
                        Instant.ofEpochMilli(slot.getKey()),
                        Instant.ofEpochMilli(slot.getKey() + slots.millis()),
                        slot.getValue()))
                .toList();
    }

    private static <T extends Interval> SlotCover<T> cover(Instant start, Instant end, List<T> touching) {
        var parts = touching.stream()
                .filter(interval ->
                        !interval.start().isAfter(start) && !interval.end().isBefore(end))
                .min(comparing(interval -> Duration.between(interval.start(), interval.end())))
                .map(List::of)
                .orElseGet(() ->
                        touching.stream().sorted(comparing(Interval::start)).toList());
        return new SlotCover<>(start, end, parts);
    }

    /** Mean of a number over the slot; empty when the parts do not cover it. */
    OptionalLong mean(ToLongFunction<T> number) {
        var weighted = parts.stream()
                .map(part -> new TimeWeightedMean.Part(
                        part.start().toEpochMilli(), part.end().toEpochMilli(), number.applyAsLong(part)))
                .toList();
        return TimeWeightedMean.of(start.toEpochMilli(), end.toEpochMilli(), weighted);
    }
}
