package io.wattledger.cli.grid;

import static java.util.Comparator.comparing;

import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** What the topics of a ledger say of the electricity grid. */
final class GridTopics {
    /** The better rung first, then the newer version, as the ledger chooses. */
    static final Comparator<GridIntensity> BETTER_FIRST = comparing(GridIntensity::getRung)
            .thenComparing(GridIntensity::getVersion, Comparator.reverseOrder())
            .thenComparingLong(GridIntensity::getSlotLengthMillis);

    /**
     * A value is published when its slot has begun, at least by our own feeds; others may be this much early. So reading can
     * begin at a time instead of the beginning of the topic.
     */
    private static final Duration EARLY = Duration.ofDays(3);

    private final TopicReader reader;

    GridTopics(TopicReader reader) {
        this.reader = reader;
    }

    /** The annual values of a series. */
    Map<GridDefaultKey, GridDefault> annual(String series) {
        return this.<GridDefaultKey, GridDefault>newest(
                Topics.GRID_DEFAULTS, key -> key.getSeries().equals(series));
    }

    /** The newest forecast of each series for a zone. */
    List<GridForecast> forecasts(String zone) {
        return this.<String, GridForecast>newest(Topics.GRID_FORECAST, key -> key.endsWith("/" + zone))
                .values()
                .stream()
                .sorted(comparing(GridForecast::getSeries))
                .toList();
    }

    /** How the feeds of a zone are doing; a feed's name ends with its zone. */
    List<FeedState> feeds(String zone) {
        return this.<String, FeedState>newest(Topics.FEED_STATES, key -> key.endsWith("/" + zone)).values().stream()
                .sorted(comparing(FeedState::getFeed))
                .toList();
    }

    /** The live values of a zone, of all series, that hold for some of the time between; in the order of time. */
    List<GridIntensity> live(String zone, Instant from, Instant to) {
        Map<GridIntensityKey, GridIntensity> values = new HashMap<>();
        for (var partition : reader.partitions(Topics.GRID_INTENSITY)) {
            long end = reader.ends(List.of(partition)).getOrDefault(partition, 0L);
            reader.<GridIntensityKey, GridIntensity>read(
                    Topics.GRID_INTENSITY,
                    partition,
                    reader.offsetAt(partition, from.minus(EARLY)),
                    end,
                    key -> key.getZone().equals(zone)
                            && key.getSlotStart().isBefore(to)
                            && key.getSlotStart()
                                    .plusMillis(key.getSlotLengthMillis())
                                    .isAfter(from),
                    (key, value, stamp) -> {
                        if (value == null) {
                            values.remove(key);
                        } else {
                            values.merge(
                                    key, value, (had, comes) -> BETTER_FIRST.compare(comes, had) < 0 ? comes : had);
                        }
                    });
        }
        return values.values().stream()
                .sorted(comparing(GridIntensity::getSlotStart)
                        .thenComparing(GridIntensity::getSeries)
                        .thenComparing(GridIntensity::getSlotLengthMillis))
                .toList();
    }

    private <K, V extends SpecificRecord> Map<K, V> newest(TopicSpec topic, Predicate<K> wanted) {
        Map<K, V> newest = new HashMap<>();
        for (var partition : reader.partitions(topic)) {
            long end = reader.ends(List.of(partition)).getOrDefault(partition, 0L);
            reader.<K, V>read(topic, partition, reader.begin(partition), end, wanted, (key, value, stamp) -> {
                if (value == null) {
                    newest.remove(key);
                } else {
                    newest.put(key, value);
                }
            });
        }
        return newest;
    }
}
