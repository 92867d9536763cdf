package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.IntensityCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts the rows of one content by zone, and keeps what is wrong with those that cannot be used. */
final class Reading implements Format.RowSink {
    /** Where the settings do not fit, every row is bad; so many are enough to see why. */
    private static final int MOST_FLAWS = 20;

    private final RowReader reader;
    private final IntensityCheck check;
    private final Instant version;
    private final Map<String, Timeline> timelines;
    private final @Nullable String onlyKey;
    private final List<Flaw> flaws = new ArrayList<>();
    private int furtherFlaws;

    /**
     * @param version stamp of the content
     * @param timelines where the entries of each zone go; rows of other zones are passed over
     * @param onlyKey the zone of all rows; null where each names its own
     */
    Reading(
            RowReader reader,
            IntensityCheck check,
            Instant version,
            Map<String, Timeline> timelines,
            @Nullable String onlyKey) {
        this.reader = reader;
        this.check = check;
        this.version = version;
        this.timelines = timelines;
        this.onlyKey = onlyKey;
    }

    @Override
    public void row(Row row) {
        var key = onlyKey == null ? row.text(Field.ZONE) : onlyKey;
        if (key == null) {
            flaw(null, row.place(), "it has no " + Field.ZONE.word());
            return;
        }
        var timeline = timelines.get(key);
        if (timeline != null) {
            add(row, key, timeline);
        }
    }

    private void add(Row row, String key, Timeline timeline) {
        try {
            var interval = reader.interval(row, version);
            timeline.add(Entry.boundary(interval.start()));
            if (row.text(Field.VALUE) == null) {
                timeline.add(interval);
            } else {
                reader.value(row, key, interval.start(), check)
                        .map(interval::with)
                        .ifPresent(timeline::add);
            }
        } catch (BadRowException e) {
            flaw(key, row.place(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void notARow(String place, String reason) {
        flaw(onlyKey, place, reason);
    }

    private void flaw(@Nullable String key, String place, String reason) {
        if (flaws.size() < MOST_FLAWS) {
            flaws.add(new Flaw(key, place + ": " + reason));
        } else {
            furtherFlaws++;
        }
    }

    /** What is wrong, the first few in full. */
    List<Flaw> flaws() {
        if (furtherFlaws == 0) {
            return List.copyOf(flaws);
        }
        var all = new ArrayList<>(flaws);
        all.add(new Flaw(onlyKey, furtherFlaws + " further rows: not shown"));
        return all;
    }
}
