package io.wattledger.streams.totals;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import java.util.List;

/** Histories made by hand. */
public final class HistoryFixture {
    private final SortedStore<RunEmissions> versions = new SortedStore<>();
    private final SortedStore<EmissionRevision> changes = new SortedStore<>();
    private final SortedStore<DailyEmissions> days = new SortedStore<>();

    public void add(RunEmissions version) {
        versions.put(HistoryKey.of(version.getRun(), version.getKnownAt()), version);
    }

    public void add(Instant knownAt, EmissionRevision change) {
        changes.put(HistoryKey.of(change.getRow().getRun(), knownAt, 0), change);
    }

    public void add(DailyEmissions version) {
        var key = version.getDay() + "/" + version.getProject() + "/" + version.getZone();
        days.put(HistoryKey.of(key, version.getKnownAt()), version);
    }

    public RunHistory runs() {
        return new RunHistory(List.of(versions), List.of(changes));
    }

    public DayHistory days() {
        return new DayHistory(List.of(days));
    }
}
