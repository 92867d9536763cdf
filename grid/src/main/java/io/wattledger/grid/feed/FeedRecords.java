package io.wattledger.grid.feed;

import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.topic.ForecastSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** Turns what was read into the records that are to be published of it, each with its source offset. */
final class FeedRecords {
    /** The interval that is going on is published for its slots up to here, not all of a month at once. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final String ISSUED = "issued";

    private final FeedConfig feed;
    private final String source;
    private final OffsetStorageReader offsets;
    private final PublishedDays published;
    private final Map<String, ZoneState> states = new LinkedHashMap<>();
    private final Map<String, Long> forecastsIssued = new LinkedHashMap<>();

    /** @param source who publishes */
    FeedRecords(FeedConfig feed, String source, OffsetStorageReader offsets, PublishedDays published) {
        this.feed = feed;
        this.source = source;
        this.offsets = offsets;
        this.published = published;
        for (var zone : feed.zones()) {
            var name = feed.name() + "/" + zone.zone();
            states.put(
                    zone.zone(), new ZoneState(name, feed.staleAfter(), offsets.offset(statePartition(zone.zone()))));
        }
    }

    /** What is to be published when this was read; null for nothing read. In any case the states that are due. */
    List<SourceRecord> of(@Nullable Outcome outcome, Instant now) {
        var records = new ArrayList<SourceRecord>();
        if (outcome != null) {
            var zone = outcome.job().zone().zone();
            records.addAll(intensities(zone, outcome, now));
            outcome.forecast().flatMap(forecast -> forecast(zone, forecast)).ifPresent(records::add);
            var state = states.get(zone);
            if (state != null) {
                state.note(outcome);
            }
        }
        states.forEach((zone, state) -> state.due(now).ifPresent(due -> records.add(state(zone, due, state.offset()))));
        return records;
    }

    private List<SourceRecord> intensities(String zone, Outcome outcome, Instant now) {
        var begun = outcome.values().stream()
                .filter(value -> !value.start().isAfter(now))
                .toList();
        var job = outcome.job();
        var slots = SlotValue.of(begun, feed.slots(), job.from(), job.to().plus(AHEAD));
        return published.news(zone, slots, now).stream()
                .map(value -> intensity(zone, value, now))
                .toList();
    }

    private SourceRecord intensity(String zone, SlotValue value, Instant now) {
        long slotMillis = feed.slots().millis();
        var key = RecordStruct.of(new GridIntensityKey(feed.series(), zone, value.start(), slotMillis));
        var record = GridIntensity.newBuilder()
                .setSeries(feed.series())
                .setZone(zone)
                .setSlotStart(value.start())
                .setSlotLengthMillis(slotMillis)
                .setIntensityMicrogramsPerKwh(value.intensity().microgramsPerKwh())
                .setRung(value.measured() ? IntensityRung.LIVE_MEASURED : IntensityRung.LIVE_ESTIMATED)
                .setVersion(value.version())
                .setSource(source)
                .setPublishedAt(now)
                .setRenewableThousandths(value.renewableThousandths())
                .setCarbonFreeThousandths(value.carbonFreeThousandths())
                .setMethod(value.method())
                .setIntervalStart(value.interval().start())
                .setIntervalLengthMillis(value.intervalMillis())
                .build();
        return record(
                published.partition(zone, value.start()),
                published.publish(zone, value),
                feed.intensityTopic(),
                key.schema(),
                key.value(),
                record);
    }

    private Optional<SourceRecord> forecast(String zone, Forecast forecast) {
        var partition = SourcePartition.of("forecasts", feed.forecastTopic(), feed.series(), zone);
        long before = forecastsIssued.computeIfAbsent(zone, key -> issued(offsets.offset(partition)));
        long issued = forecast.issued().toEpochMilli();
        var slots = forecastSlots(forecast);
        if (issued <= before || slots.isEmpty()) {
            return Optional.empty();
        }
        forecastsIssued.put(zone, issued);
        var record = new GridForecast(feed.series(), zone, forecast.issued(), source, slots, null, null);
        return Optional.of(record(
                partition,
                Map.of(ISSUED, issued),
                feed.forecastTopic(),
                Schema.STRING_SCHEMA,
                ForecastSeries.key(feed.series(), zone),
                record));
    }

    private static long issued(@Nullable Map<String, Object> offset) {
        return offset != null && offset.get(ISSUED) instanceof Number issued ? issued.longValue() : Long.MIN_VALUE;
    }

    private List<ForecastSlot> forecastSlots(Forecast forecast) {
        return SlotCover.of(
                        forecast.values(),
                        feed.slots(),
                        Instant.EPOCH,
                        forecast.issued().plus(Duration.ofDays(366)))
                .stream()
                .flatMap(cover -> {
                    var intensity = cover.mean(value -> value.intensity().microgramsPerKwh());
                    return intensity.isEmpty() ? Stream.empty() : Stream.of(forecastSlot(cover, intensity));
                })
                .toList();
    }

    private ForecastSlot forecastSlot(SlotCover<ForecastValue> cover, OptionalLong intensity) {
        return new ForecastSlot(
                cover.start(),
                feed.slots().millis(),
                intensity.getAsLong(),
                cover.mean(value -> value.low().microgramsPerKwh()).orElseThrow(),
                cover.mean(value -> value.high().microgramsPerKwh()).orElseThrow());
    }

    private SourceRecord state(String zone, FeedState state, Map<String, Object> offset) {
        return record(statePartition(zone), offset, feed.stateTopic(), Schema.STRING_SCHEMA, state.getFeed(), state);
    }

    private Map<String, String> statePartition(String zone) {
        return SourcePartition.of("states", feed.stateTopic(), feed.series(), zone);
    }

    private static SourceRecord record(
            Map<String, String> partition,
            Map<String, ?> offset,
            String topic,
            Schema keySchema,
            Object key,
            SpecificRecord value) {
        var struct = RecordStruct.of(value);
        return new SourceRecord(partition, offset, topic, null, keySchema, key, struct.schema(), struct.value());
    }
}
