package io.wattledger.grid.feed;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * What was published of each zone and UTC day: kept by Connect as source offsets, one source partition per topic, series,
 * zone, slot length and day, whose offset has the {@link Published} of each slot under the time of day that it starts at.
 * Days in use are kept in memory, since Connect gives back only what it has committed.
 */
final class PublishedDays {
    private static final Duration KEPT = Duration.ofHours(1);

    private final FeedConfig feed;
    private final OffsetStorageReader offsets;
    private final Map<Day, DayInUse> inUse = new HashMap<>();

    private record Day(String zone, LocalDate date) {
        static Day of(String zone, Instant slot) {
            return new Day(zone, slot.atOffset(ZoneOffset.UTC).toLocalDate());
        }
    }

    private static final class DayInUse {
        private final Map<String, Object> slots = new TreeMap<>();
        private Instant usedAt = Instant.MIN;
    }

    PublishedDays(FeedConfig feed, OffsetStorageReader offsets) {
        this.feed = feed;
        this.offsets = offsets;
    }

    /** Those of these days of which not all slots were published. */
    List<LocalDate> incomplete(String zone, Collection<LocalDate> dates) {
        long slotsPerDay = Duration.ofDays(1).toMillis() / feed.slots().millis();
        var known = read(dates.stream().map(date -> new Day(zone, date)).toList());
        return dates.stream()
                .filter(date ->
                        known.getOrDefault(new Day(zone, date), Map.of()).size() < slotsPerDay)
                .toList();
    }

    /** Those of the values, of one zone, that are to be published. */
    List<SlotValue> news(String zone, List<SlotValue> values, Instant now) {
        inUse.values().removeIf(day -> day.usedAt.isBefore(now.minus(KEPT)));
        var days = values.stream()
                .map(value -> Day.of(zone, value.start()))
                .distinct()
                .toList();
        read(days.stream().filter(day -> !inUse.containsKey(day)).toList())
                .forEach((day, slots) ->
                        inUse.computeIfAbsent(day, key -> new DayInUse()).slots.putAll(slots));
        days.forEach(day -> inUse.computeIfAbsent(day, key -> new DayInUse()).usedAt = now);
        return values.stream()
                .filter(value -> {
                    var before = before(zone, value.start());
                    return before == null || before.givesWayTo(value);
                })
                .toList();
    }

    private @Nullable Published before(String zone, Instant slot) {
        var day = inUse.get(Day.of(zone, slot));
        var text = day == null ? null : day.slots.get(time(slot));
        return text == null ? null : Published.parse(text.toString()).orElse(null);
    }

    /** Notes that a value is published, and gives the source offset of its record. */
    Map<String, Object> publish(String zone, SlotValue value) {
        var slots = inUse.computeIfAbsent(Day.of(zone, value.start()), day -> new DayInUse()).slots;
        slots.put(time(value.start()), Published.of(value).text());
        return Map.copyOf(slots);
    }

    /** The source partition of a slot. */
    Map<String, String> partition(String zone, Instant slot) {
        return partition(Day.of(zone, slot));
    }

    private Map<String, String> partition(Day day) {
        return SourcePartition.of(
                "values",
                feed.intensityTopic(),
                feed.series(),
                day.zone(),
                Duration.ofMillis(feed.slots().millis()).toString(),
                day.date().toString());
    }

    private Map<Day, Map<String, Object>> read(Collection<Day> days) {
        var partitions = days.stream().collect(toMap(this::partition, day -> day));
        var read = new HashMap<Day, Map<String, Object>>();
        if (!partitions.isEmpty()) {
            offsets.offsets(partitions.keySet()).forEach((partition, slots) -> {
                if (slots != null) {
                    read.put(partitions.get(partition), slots);
                }
            });
        }
        return read;
    }

    private static String time(Instant slot) {
        return LocalTime.ofInstant(slot, ZoneOffset.UTC).toString();
    }
}
