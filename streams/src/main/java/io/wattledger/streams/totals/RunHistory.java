package io.wattledger.streams.totals;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.RunEmissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Runs as they were known at a time, and what has changed since: the stores of one instance, read.
 *
 * @param versions stores {@link TotalStores#RUN_VERSIONS}, one per partition
 * @param changes stores {@link TotalStores#RUN_CHANGES}, one per partition
 */
public record RunHistory(
        List<ReadOnlyKeyValueStore<Bytes, RunEmissions>> versions,
        List<ReadOnlyKeyValueStore<Bytes, EmissionRevision>> changes) {

    /** What was known of a run at that time. */
    public Optional<RunEmissions> run(String run, Instant asOf) {
        return versions.stream()
                .flatMap(store -> Versions.asOf(store, run, asOf).stream())
                .findFirst();
    }

    /** What was known first of a run. */
    public Optional<RunEmissions> first(String run) {
        return first(run, version -> true);
    }

    /** What was known of a run when it had come to its end. */
    public Optional<RunEmissions> firstRevision(String run) {
        return first(run, version -> version.getRevision() > 0);
    }

    private Optional<RunEmissions> first(String run, Predicate<RunEmissions> wanted) {
        return versions.stream()
                .flatMap(store -> Versions.first(store, run, wanted).stream())
                .findFirst();
    }

    /**
     * What was known at that time of all runs, the greatest id first, which is the newest.
     *
     * @param limit at most so many
     */
    public List<RunEmissions> runs(Instant asOf, Predicate<RunEmissions> wanted, int limit) {
        return versions.stream()
                .flatMap(store -> Versions.allAsOf(store, null, null, asOf, wanted, limit).stream())
                .sorted(Comparator.comparing(RunEmissions::getRun).reversed())
                .limit(limit)
                .toList();
    }

    /** Changes of rows that had been closed, known after {@code since} and not after {@code until}, the oldest first. */
    public List<RunChange> changes(String run, Instant since, Instant until) {
        var found = new ArrayList<RunChange>();
        for (var store : changes) {
            try (var entries =
                    store.range(HistoryKey.of(run, since.plusMillis(1)), HistoryKey.of(run, until.plusMillis(1)))) {
                entries.forEachRemaining(
                        entry -> found.add(new RunChange(HistoryKey.stamp(entry.key, run), entry.value)));
            }
        }
        return found;
    }
}
